import CKernels
import Execution
import GraphIR
import Operators
import Tensors

/// Fits all weights and biases of a changed model to the original's answers at once: what the differences count
/// (`AnswerLoss`) over the calibration samples and variants of them, made small by Adam from where the layers stand.
///
/// No labels are used. One sample in ten is held out: the model becomes what loses least on those at the end of a
/// quarter of the rounds, or stays as it was.
struct OutputRefit: Sendable {
  let targets: OutputTargets
  let samples: FittingSamples
  let variants: SampleVariants
  /// Rounds over as many samples as there are, but at most `roundLimit`.
  let epochs: Int
  let runner: ParallelRunner

  /// The first step's size, as a part of a tensor's root mean square.
  private static let rate: Float = 0.008
  /// Parts of a batch, each of eight samples.
  private static let partCount = 4
  /// Parts of a batch that are variants of samples.
  private static let variantPartCount = 3
  private static let holdOut = 10
  /// Samples of a round at most, those that are held out among them: more samples are other ones, not more work.
  private static let roundLimit = 1000
  /// Times the loss at the start at which the fit ends halfway: while steps are large, it may be above it.
  private static let hopelessLoss = 2.0

  /// What the fit did to the held-out samples' error, a part of the answers' variance.
  struct Outcome: Sendable, Equatable {
    let before: Double
    let after: Double
  }

  /// What one part of a batch is worked on with.
  private struct Worker: Sendable {
    let memory: GradientMemory
    let original: GradientMemory
  }

  /// - Parameter gradients: those of the graph.
  /// - Throws: `RunError` for samples that cannot be read.
  /// - Returns: nil where there are too few samples.
  func run(on graph: inout Graph, _ gradients: GradientGraph) throws(RunError) -> Outcome? {
    guard targets.count >= 2 * Self.holdOut else { return nil }
    let workers = (0..<Self.partCount).map { _ in
      Worker(memory: gradients.makeMemory(), original: targets.graph.makeMemory())
    }
    let held = (0..<targets.count).filter { $0 % Self.holdOut == Self.holdOut - 1 }
    let batches = Self.batches(of: targets.count, epochs: epochs)
    var tensors = FittedTensor.all(of: graph, rate: Self.rate).filter {
      gradients.layout.isParameter[$0.id.index]
    }
    let before = try measure(gradients, workers, held, tensors)
    var best = (measure: before, tensors: tensors)
    for (index, batch) in batches.enumerated() {
      let slopes = try slopes(gradients, workers, batch, seed: index, tensors)
      let rest = 1 - Float(index) / Float(batches.count)
      for place in tensors.indices {
        tensors[place].step(slopes[place], number: index + 1, part: rest * rest * (3 - 2 * rest))
      }
      guard (index + 1) * 4 % batches.count < 4 else { continue }
      let measure = try measure(gradients, workers, held, tensors)
      if measure.loss < best.measure.loss { best = (measure, tensors) }
      if measure.loss > Self.hopelessLoss * before.loss, (index + 1) * 2 >= batches.count { break }
    }
    if best.measure.loss < before.loss {
      var edit = GraphEdit(of: graph)
      for tensor in best.tensors { edit[tensor.id].data = TensorData(floats: tensor.numbers) }
      graph.apply(edit)
    }
    return Outcome(before: before.error, after: best.measure.error)
  }

  /// The samples of every step: each is used as often as the others, but for once.
  ///
  /// - Parameter count: of samples, one in ten of which is left out.
  static func batches(of count: Int, epochs: Int) -> [[Int]] {
    let used = (0..<count).filter { $0 % holdOut != holdOut - 1 }
    let size = partCount * GradientMemory.laneCount
    let roundSize = min(used.count, roundLimit - roundLimit / holdOut)
    var order: [Int] = []
    var passes: UInt64 = 0
    return (0..<epochs).flatMap { _ in
      while order.count < roundSize {
        order += shuffled(used, seed: passes)
        passes += 1
      }
      let round = Array(order.prefix(roundSize))
      order.removeFirst(roundSize)
      return stride(from: 0, to: round.count, by: size).map {
        Array(round[$0..<min($0 + size, round.count)])
      }
    }
  }

  /// The mean derivative by every tensor over a batch, summed in the same order at any thread count.
  private func slopes(
    _ graph: GradientGraph, _ workers: [Worker], _ batch: [Int], seed: Int, _ tensors: [FittedTensor]
  ) throws(RunError) -> [[Float]] {
    let lanes = GradientMemory.laneCount
    let parts = (batch.count + lanes - 1) / lanes
    _ = try runner.map(
      count: parts, makeWorker: {},
      body: { (_: Void, part) throws(RunError) in
        let memory = workers[part].memory
        let chosen = Array(part * lanes..<min((part + 1) * lanes, batch.count))
        let isVaried = part >= Self.partCount - Self.variantPartCount
        let (inputs, answers) =
          isVaried
          ? try varied(batch, chosen, seed: seed, workers[part].original)
          : (try samples.numbers(chosen.map { batch[$0] }), chosen.map { targets.answers[batch[$0]] })
        load(tensors, graph, memory)
        graph.forward(memory, inputs)
        memory.clearGradients()
        targets.differentiate(graph, memory, from: answers)
        graph.backward(memory)
      })
    return tensors.map { tensor in
      var sum = [Float](repeating: 0, count: tensor.numbers.count)
      for worker in workers.prefix(parts) {
        VectorLoops.add(worker.memory.gradient(tensor.id), scaledBy: 1 / Float(batch.count), to: &sum)
      }
      return sum
    }
  }

  /// Variants of samples of a batch, and the original's answers to them.
  private func varied(
    _ batch: [Int], _ chosen: [Int], seed: Int, _ memory: GradientMemory
  ) throws(RunError) -> ([[[Float]]], [[Float]]) {
    let own = try samples.numbers(chosen.map { batch[$0] })
    let others = variants.mixes ? try samples.numbers(chosen.map { batch[($0 + 1) % batch.count] }) : own
    let inputs = chosen.indices.map { index in
      variants.variant(of: own[index], and: others[index], seed: UInt64(seed * batch.count + chosen[index]))
    }
    targets.graph.forward(memory, inputs)
    return (inputs, chosen.indices.map { targets.graph.answers(memory, lane: $0) })
  }

  private func load(_ tensors: [FittedTensor], _ graph: GradientGraph, _ memory: GradientMemory) {
    for tensor in tensors { memory.assign(tensor.numbers, to: tensor.id) }
    graph.prepare(memory)
  }

  /// The mean loss and squared error over some samples.
  private func measure(
    _ graph: GradientGraph, _ workers: [Worker], _ chosen: [Int], _ tensors: [FittedTensor]
  ) throws(RunError) -> (loss: Double, error: Double) {
    let lanes = GradientMemory.laneCount
    let parts = (chosen.count + lanes - 1) / lanes
    let sums = try runner.map(
      count: workers.count, makeWorker: {},
      body: { (_: Void, first) throws(RunError) in
        let memory = workers[first].memory
        load(tensors, graph, memory)
        var (loss, error) = (0.0, 0.0)
        for part in stride(from: first, to: parts, by: workers.count) {
          let range = Array(chosen[part * lanes..<min((part + 1) * lanes, chosen.count)])
          graph.forward(memory, try samples.numbers(range))
          let answers = range.map { targets.answers[$0] }
          loss += targets.losses(graph, memory, from: answers).reduce(0, +)
          error += targets.errors(graph, memory, from: answers).reduce(0, +)
        }
        return (loss, error)
      })
    let count = Double(max(chosen.count, 1))
    return (sums.reduce(0) { $0 + $1.0 } / count, sums.reduce(0) { $0 + $1.1 } / count)
  }

  /// A seeded order (Fisher & Yates): the same on every machine.
  private static func shuffled(_ numbers: [Int], seed: UInt64) -> [Int] {
    var result = numbers
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1
    for index in result.indices.reversed() where index > 0 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      result.swapAt(index, Int((state >> 33) % UInt64(index + 1)))
    }
    return result
  }
}
