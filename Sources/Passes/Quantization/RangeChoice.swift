import Datasets
import Execution
import GraphIR
import Tensors

/// Finds the method of ranges whose integer model answers nearest to the float model, on samples that
/// calibration has not seen.
///
/// The error of single tensors, by which `RangeMethod.best` goes, says little of the answers: what clips rare
/// numbers away may clip those that decide.
struct RangeChoice {
  let method: RangeMethod
  /// What was measured.
  let sentence: String

  /// Samples that are looked at, of which the last quarter is judged on.
  private static let sampleLimit = 256
  /// How many it takes to judge on: answers to fewer tell little.
  private static let judgedSamples = 16
  /// How much less noise another method must leave than min-max does, in both halves of what is judged on: some
  /// samples gain from clipping whatever it does to others.
  private static let leastGain = 0.1

  /// - Parameters:
  ///   - whole: what all samples calibrate; what is chosen has to be better there too.
  ///   - precisions: which nodes become integer ones.
  init(_ whole: QuantizationWork, _ precisions: NodePrecisions) throws(PassError) {
    let (samples, options) = (whole.samples, whole.options)
    let all = samples.prefix(Self.sampleLimit)
    let judged = all.count / 4
    guard judged >= Self.judgedSamples else {
      method = .minMax
      sentence =
        "ranges by min-max: \(judged) samples held out are too few to judge others by, give "
        + "\(4 * Self.judgedSamples) or more in all"
      return
    }
    var settings = options
    settings.rounding = .nearest
    let work = try QuantizationWork(whole.model, all.prefix(all.count - judged), settings, precisions)
    let runner = ParallelRunner(threadCount: options.threadCount, isSequence: options.isSequence)
    var found: [(method: RangeMethod, halves: [Double])] = []
    var chosen = RangeMethod.minMax
    do throws(CalibrationError) {
      let noise = try QuantizationNoise(whole.model, all, runner, from: all.count - judged)
      for method in Self.candidates {
        guard let halves = try Self.halves(work, precisions, method, noise) else { continue }
        found.append((method, halves))
      }
      chosen = Self.best(of: found)
      if chosen != .minMax, let plain = try Self.halves(whole, precisions, .minMax, noise),
        let other = try Self.halves(whole, precisions, chosen, noise)
      {
        chosen = Self.best(of: [(.minMax, plain), (chosen, other)])
      }
    } catch {
      throw PassError(pass: QuantizeIntegers.name, reason: error.description)
    }
    method = chosen
    let texts = found.map { "\($0.method.rawValue) \(Self.decibels($0.halves.reduce(0, +) / 2))" }
    sentence =
      "ranges by \(chosen.rawValue), of \(texts.joined(separator: ", ")) dB on \(judged) samples held out"
  }

  /// What a method leaves of noise in both halves of what is judged on; nil where it gives no model.
  private static func halves(
    _ work: QuantizationWork, _ precisions: NodePrecisions, _ method: RangeMethod, _ noise: QuantizationNoise
  ) throws(CalibrationError) -> [Double]? {
    let candidate: Model
    do throws(PassError) { candidate = try work.quantized(precisions, ranges: method) } catch { return nil }
    return try noise.shares(of: candidate, parts: 2)
  }

  /// The method of the least noise among those that are clearly better than min-max.
  private static func best(of found: [(method: RangeMethod, halves: [Double])]) -> RangeMethod {
    let plain = found.first { $0.method == .minMax }?.halves ?? [.infinity, .infinity]
    let better = found.filter { form in
      zip(form.halves, plain).allSatisfy { $0 < $1 * (1 - leastGain) }
    }
    return better.min { $0.halves.reduce(0, +) < $1.halves.reduce(0, +) }?.method ?? .minMax
  }

  /// min-max first: others have to be better.
  private static let candidates: [RangeMethod] = [
    .minMax, .percentile, .meanSquaredError, .divergence, .best,
  ]

  private static func decibels(_ share: Double) -> Double {
    (QuantizationNoise.decibels(share) * 10).rounded() / 10
  }
}
