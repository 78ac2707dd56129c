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
  /// How much less noise another method must leave than min-max does.
  private static let leastGain = 0.02

  /// - Parameter precisions: which nodes become integer ones.
  init(
    _ model: Model, _ samples: SampleSet, _ options: QuantizeIntegers.Options, _ precisions: NodePrecisions
  ) throws(PassError) {
    let all = samples.prefix(Self.sampleLimit)
    let seen = all.count < 4 ? all.count : all.count - all.count / 4
    var settings = options
    settings.rounding = .nearest
    let work = try QuantizationWork(model, all.prefix(seen), settings, precisions)
    let runner = ParallelRunner(threadCount: options.threadCount, isSequence: options.isSequence)
    var shares: [(method: RangeMethod, share: Double)] = []
    do throws(CalibrationError) {
      let noise = try QuantizationNoise(model, all, runner, from: seen < all.count ? seen : 0)
      for method in Self.candidates {
        let candidate: Model
        do throws(PassError) { candidate = try work.quantized(precisions, ranges: method) } catch {
          continue
        }
        shares.append((method, try noise.share(of: candidate)))
      }
    } catch {
      throw PassError(pass: QuantizeIntegers.name, reason: error.description)
    }
    let plain = shares.first { $0.method == .minMax }?.share ?? .infinity
    let best = shares.min { $0.share < $1.share }
    let isBetter = best.map { $0.share < plain * (1 - Self.leastGain) } ?? false
    method = isBetter ? best?.method ?? .minMax : .minMax
    let texts = shares.map { "\($0.method.rawValue) \(Self.decibels($0.share))" }
    sentence =
      "ranges by \(method.rawValue), of "
      + "\(texts.joined(separator: ", ")) dB on \(seen < all.count ? all.count - seen : all.count) samples"
  }

  /// min-max first: others have to be better.
  private static let candidates: [RangeMethod] = [
    .minMax, .percentile, .meanSquaredError, .divergence, .best,
  ]

  private static func decibels(_ share: Double) -> Double {
    (QuantizationNoise.decibels(share) * 10).rounded() / 10
  }
}
