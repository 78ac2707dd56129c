import Execution
import Foundation
import GraphIR
import Tensors

/// Finds the operators that gain most from more than 8 bits, by the noise of the model's answers.
///
/// Every candidate is tried alone; then, by the noise that it takes away for each byte of file and
/// activations, they are added to each other while the budget lasts and the answers come nearer; then the
/// rest is tried again beside what was chosen. The measure
/// is that of the quantized model itself, over the first calibration samples (greedy, as in Dong et al.,
/// "HAWQ", 2019, with measured noise in place of curvature).
struct MixedPrecision {
  /// What was measured, which greedy choices ask for again.
  private final class Known { var mixtures: [[NodeID: ElementType?]: Mixture] = [:] }

  private let known = Known()
  private let work: QuantizationWork
  private let base: NodePrecisions
  private let budget: PreciseBudget
  private let noise: QuantizationNoise

  /// Samples over which noise is measured.
  private static let sampleLimit = 16
  /// A candidate has to take away this share of the noise.
  private static let leastGain = 0.01
  /// How often the candidates are measured, each time beside what was chosen before.
  private static let roundLimit = 3

  init(
    _ work: QuantizationWork, _ base: NodePrecisions, _ budget: PreciseBudget
  ) throws(PassError) {
    self.work = work
    self.base = base
    self.budget = budget
    let runner = ParallelRunner(threadCount: work.options.threadCount, isSequence: work.options.isSequence)
    do throws(CalibrationError) {
      noise = try QuantizationNoise(work.model, work.samples.prefix(Self.sampleLimit), runner)
    } catch {
      throw PassError(pass: QuantizeIntegers.name, reason: error.description)
    }
  }

  /// What was found.
  struct Result {
    let precisions: NodePrecisions
    let sentence: String
  }

  /// A mixture of precisions and what it costs.
  private struct Mixture {
    var exceptions: [NodeID: ElementType?] = [:]
    var share = 0.0
    var fileBytes = 0
    var activationBytes = 0
    /// How many things about it the runtime refuses.
    var refusalCount = 0
  }

  /// - Returns: nil where nothing within the budget brings the answers nearer.
  func run() throws(PassError) -> Result? {
    let start = try measured([:])
    var best = try grown(start, allowsFloat: false)
    if work.options.allowsFloatFallback {
      let other = try grown(start, allowsFloat: true)
      if isBetter(other, best) { best = other }
    }
    guard !best.exceptions.isEmpty else { return nil }
    return Result(precisions: work.precisions(best.exceptions), sentence: sentence(start, best))
  }

  private func isBetter(_ mixture: Mixture, _ other: Mixture) -> Bool {
    isReached(mixture) && isReached(other)
      ? mixture.fileBytes < other.fileBytes : mixture.share < other.share
  }

  private func grown(_ start: Mixture, allowsFloat: Bool) throws(PassError) -> Mixture {
    let units = PreciseUnit.all(
      work.model.graphs[0], base, variables: work.variables.nodes, allowsFloat: allowsFloat,
      portsAreFloat: work.options.keepsFloatPorts)
    var best = start
    for _ in 0..<Self.roundLimit where !isReached(best) {
      let before = best.exceptions.count
      let order = try ranked(units, above: best)
      for unit in order where !isReached(best) {
        guard let exceptions = Self.added(unit, to: best.exceptions) else { continue }
        let found = try measured(exceptions)
        if isWithin(found, start), found.share < best.share * (1 - Self.leastGain) { best = found }
      }
      if best.exceptions.count == before { break }
    }
    return best
  }

  /// The units that take noise away, those first that take away most for a byte.
  private func ranked(_ units: [PreciseUnit], above best: Mixture) throws(PassError) -> [PreciseUnit] {
    var values = [Double](repeating: 0, count: units.count)
    for (index, unit) in units.enumerated() {
      guard let exceptions = Self.added(unit, to: best.exceptions) else { continue }
      let found = try measured(exceptions)
      let cost =
        max(found.fileBytes - best.fileBytes, 0) + max(found.activationBytes - best.activationBytes, 0)
      values[index] = (best.share - found.share) / Double(max(cost, 1))
    }
    return units.indices.filter { values[$0] > 0 }.sorted { (-values[$0], $0) < (-values[$1], $1) }
      .map { units[$0] }
  }

  /// - Returns: nil where the unit is as precise already; float is more than 16 bits.
  private static func added(
    _ unit: PreciseUnit, to exceptions: [NodeID: ElementType?]
  ) -> [NodeID: ElementType?]? {
    var result = exceptions
    for (node, type) in unit.types {
      if let known = result[node], known == nil { continue }
      result.updateValue(type, forKey: node)
    }
    return result == exceptions ? nil : result
  }

  private func isReached(_ mixture: Mixture) -> Bool {
    guard case .decibels(let wanted) = budget else { return false }
    return QuantizationNoise.decibels(mixture.share) >= wanted
  }

  private func isWithin(_ mixture: Mixture, _ start: Mixture) -> Bool {
    guard mixture.refusalCount <= start.refusalCount else { return false }
    return switch budget {
    case .operators(let limit): mixture.exceptions.count <= limit
    case .growth(let share): Double(mixture.fileBytes) <= Double(start.fileBytes) * (1 + share)
    case .decibels: true
    }
  }

  private func measured(_ exceptions: [NodeID: ElementType?]) throws(PassError) -> Mixture {
    if let mixture = known.mixtures[exceptions] { return mixture }
    let mixture = try newlyMeasured(exceptions)
    known.mixtures[exceptions] = mixture
    return mixture
  }

  private func newlyMeasured(_ exceptions: [NodeID: ElementType?]) throws(PassError) -> Mixture {
    var model = try work.quantized(exceptions.isEmpty ? base : work.precisions(exceptions), isFinal: false)
    _ = model.removeUnused()
    var mixture = Mixture(exceptions: exceptions)
    mixture.refusalCount = work.options.refusalCount?(model) ?? 0
    do throws(CalibrationError) { mixture.share = try noise.share(of: model) } catch {
      throw PassError(pass: QuantizeIntegers.name, reason: error.description)
    }
    mixture.fileBytes = model.estimatedFileBytes
    mixture.activationBytes = model.graphs[0].values.reduce(0) { $0 + ($1.isConstant ? 0 : $1.byteCount) }
    return mixture
  }

  private func sentence(_ start: Mixture, _ best: Mixture) -> String {
    let floats = best.exceptions.values.count { $0 == nil }
    let parts = [
      (best.exceptions.count - floats, "at 16 bits"), (floats, "float"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? "operator" : "operators") \($0.1)" }
    let levels = [start, best].map { "\((QuantizationNoise.decibels($0.share) * 10).rounded() / 10) dB" }
    return "kept \(parts.joined(separator: " and ")): signal to noise of the answers "
      + "\(levels[0]) → \(levels[1]) for about \(max(best.fileBytes - start.fileBytes, 0)) B of file"
  }
}

extension Model {
  /// About how long the file is: constants, and what the format adds for values, scales and operators.
  fileprivate var estimatedFileBytes: Int {
    var bytes = buffers.reduce(0) { $0 + $1.byteCount }
    var seen = Set(buffers.map(ObjectIdentifier.init))
    for value in graphs.lazy.flatMap(\.values) {
      if seen.insert(ObjectIdentifier(value.data)).inserted { bytes += value.data.byteCount }
      bytes += 100 + (value.name?.utf8.count ?? 0) + 12 * (value.quantization?.scales?.count ?? 0)
    }
    for node in graphs.lazy.flatMap(\.nodes) { bytes += 60 + 4 * (node.inputs.count + node.outputs.count) }
    return bytes
  }
}
