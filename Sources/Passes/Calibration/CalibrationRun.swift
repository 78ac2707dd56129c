package import Datasets
import Execution
package import GraphIR
import Operators

/// Collects what it needs of a model's activations, a sample at a time.
package protocol ActivationAccumulator: Sendable {
  /// Adds one sample.
  ///
  /// - Parameter activations: the elements of the chosen values, in the order in which they were chosen;
  ///   empty for a value that is not float32.
  mutating func add(sample: Int, _ activations: [[Float]])

  /// Adds what another accumulator has collected of the samples that follow.
  mutating func merge(_ next: Self)
}

/// Two accumulators that share one run of the model.
struct AccumulatorPair<First: ActivationAccumulator, Second: ActivationAccumulator>: ActivationAccumulator {
  private(set) var first: First
  private(set) var second: Second
  /// How many of the chosen values the first gets; the second gets the rest.
  private let split: Int

  init(_ first: First, _ second: Second, split: Int) {
    (self.first, self.second, self.split) = (first, second, split)
  }

  mutating func add(sample: Int, _ activations: [[Float]]) {
    first.add(sample: sample, Array(activations.prefix(split)))
    second.add(sample: sample, Array(activations.dropFirst(split)))
  }

  mutating func merge(_ next: AccumulatorPair) {
    first.merge(next.first)
    second.merge(next.second)
  }
}

/// Runs a float model over samples and hands over activations of its main graph.
///
/// The samples are cut into the same contiguous shards at any thread count; each shard fills an
/// accumulator in the order of its samples, and the shards are merged in order, so that floating-point
/// sums do not depend on the machine.
package struct CalibrationRun: Sendable {
  package let samples: SampleSet
  private let interpreter: Interpreter
  private let runner: ParallelRunner

  /// Accumulators that are alive at once, at most.
  private static let shardLimit = 16

  /// - Parameters:
  ///   - isSequence: whether state lasts from sample to sample; then there is one shard.
  ///   - threadCount: by default as many as the machine has processors.
  /// - Throws: `empty`, `constant`, `run` for samples that cannot be read or hold NaN, or `model`.
  package init(
    _ model: Model, samples: SampleSet, isSequence: Bool = false, threadCount: Int? = nil
  ) throws(CalibrationError) {
    guard samples.count > 0 else { throw .empty }
    do throws(ExecutionError) { interpreter = try Interpreter(model) } catch { throw .model(error) }
    self.samples = samples
    runner = ParallelRunner(threadCount: threadCount, isSequence: isSequence)
    try checkVariation()
  }

  /// Runs every sample.
  ///
  /// - Parameters:
  ///   - values: which values of the main graph are handed over: inputs, and outputs of nodes.
  ///   - accumulator: an empty accumulator, the start of every shard.
  /// - Returns: the merged accumulator.
  /// - Throws: `run` for the first sample with which the model fails, `notFinite` for the first
  ///   activation, among the chosen ones, that is no number.
  package func collect<Accumulator: ActivationAccumulator>(
    _ values: [ValueID], into accumulator: Accumulator
  ) throws(CalibrationError) -> Accumulator {
    try collect(values.map { Place(graph: GraphID(0), value: $0) }, into: accumulator)
  }

  /// A value of any graph.
  struct Place: Hashable, Sendable {
    let graph: GraphID
    let value: ValueID
  }

  /// Runs every sample.
  ///
  /// - Parameter values: which values are handed over; of a graph that is called, what they were in all its runs, one
  ///   behind another.
  func collect<Accumulator: ActivationAccumulator>(
    _ values: [Place], into accumulator: Accumulator
  ) throws(CalibrationError) -> Accumulator {
    let shardCount = runner.isSequence ? 1 : min(samples.count, Self.shardLimit)
    let total = samples.count
    let all: Shard<Accumulator>?
    do throws(RunError) {
      all = try runner.fold(
        count: shardCount, makeWorker: { ActivationRecorder(interpreter, values) },
        body: { recorder, shard throws(RunError) in
          let range = shard * total / shardCount..<(shard + 1) * total / shardCount
          return try fill(accumulator, recorder, range)
        },
        join: { $0.add($1) })
    } catch {
      throw .run(error)
    }
    if let failure = all?.failure { throw failure }
    return all?.accumulator ?? accumulator
  }

  private struct Shard<Accumulator: ActivationAccumulator>: Sendable {
    var accumulator: Accumulator
    var failure: CalibrationError?

    /// Adds the shard that follows.
    mutating func add(_ next: Shard) {
      guard failure == nil else { return }
      failure = next.failure
      if failure == nil { accumulator.merge(next.accumulator) }
    }
  }

  private func fill<Accumulator: ActivationAccumulator>(
    _ start: Accumulator, _ recorder: ActivationRecorder, _ range: Range<Int>
  ) throws(RunError) -> Shard<Accumulator> {
    var shard = Shard(accumulator: start)
    for sample in range {
      let activations = try recorder.run(runner, samples, sample)
      if let value = recorder.firstNotFinite(activations) {
        let graph = interpreter.model.graphs[value.graph.index]
        let name = graph[value.value].name ?? "value \(value.value.index)"
        shard.failure = .notFinite(sample: sample, tensor: name)
        return shard
      }
      shard.accumulator.add(sample: sample, activations)
    }
    return shard
  }

  /// Most data vary within the first few numbers, so that this reads little of them.
  private func checkVariation() throws(CalibrationError) {
    var first: [UInt8]?
    for sample in 0..<samples.count {
      let inputs: [[UInt8]]
      do throws(DataError) { inputs = try samples.sample(sample) } catch { throw .run(.data(error)) }
      for bytes in inputs {
        let word = first ?? Array(bytes.prefix(4))
        first = word
        if word.isEmpty || bytes.indices.contains(where: { bytes[$0] != word[$0 % word.count] }) { return }
      }
    }
    throw .constant
  }
}
