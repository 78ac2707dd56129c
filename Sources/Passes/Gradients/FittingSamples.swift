import Datasets
import Execution
import Tensors

/// The numbers of calibration samples: of the first ones kept, as many as fit into a limit, of the others read anew.
struct FittingSamples: Sendable {
  private let samples: SampleSet
  private let kept: [[[Float]]]

  /// Bytes of numbers that are kept at most.
  private static let byteLimit = 1 << 28

  var count: Int { samples.count }

  /// - Throws: `RunError` for samples that cannot be read.
  init(_ samples: SampleSet, runner: ParallelRunner) throws(RunError) {
    self.samples = samples
    let sampleByteCount = try Self.read(samples, 0).reduce(0) { $0 + 4 * $1.count }
    kept = try runner.map(
      count: min(samples.count, Self.byteLimit / max(1, sampleByteCount)), makeWorker: {},
      body: { (_: Void, index) throws(RunError) in try Self.read(samples, index) })
  }

  /// The numbers of every float32 input of some samples.
  func numbers(_ indices: [Int]) throws(RunError) -> [[[Float]]] {
    var result: [[[Float]]] = []
    for index in indices { result.append(index < kept.count ? kept[index] : try Self.read(samples, index)) }
    return result
  }

  private static func read(_ samples: SampleSet, _ index: Int) throws(RunError) -> [[Float]] {
    do throws(DataError) {
      return try samples.sample(index).map { TensorData($0).elements(Float.self) }
    } catch {
      throw .data(error)
    }
  }
}
