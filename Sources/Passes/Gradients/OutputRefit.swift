import CKernels
import Execution
import GraphIR
import Operators
import Tensors

/// Fits all weights and biases of a changed model to the original's answers at once: the squared difference
/// over the calibration samples and variants of them, made small by Adam from where the layers stand.
///
/// No labels are used. One sample in ten is held out: the model becomes what does best on those at the end of
/// a quarter of the epochs, or stays as it was.
struct OutputRefit: Sendable {
  let targets: OutputTargets
  let samples: FittingSamples
  let variants: SampleVariants
  /// Times that as many samples are used as there are.
  let epochs: Int
  let runner: ParallelRunner

  /// The first step's size, as a part of a tensor's root mean square.
  private static let rate: Float = 0.008
  /// Parts of a batch, each of eight samples.
  private static let partCount = 4
  /// Parts of a batch that are variants of samples.
  private static let variantPartCount = 3
  private static let holdOut = 10
  /// Times the error at the start at which the fit ends halfway: while steps are large, it may be above it.
  private static let hopelessError = 2.0

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
    let batches = batches()
    var tensors = FittedTensor.all(of: graph, rate: Self.rate).filter {
      gradients.layout.isParameter[$0.id.index]
    }
    let before = try error(gradients, workers, held, tensors)
    var best = (error: before, tensors: tensors)
    for (index, batch) in batches.enumerated() {
      let slopes = try slopes(gradients, workers, batch, seed: index, tensors)
      let rest = 1 - Float(index) / Float(batches.count)
      for place in tensors.indices {
        tensors[place].step(slopes[place], number: index + 1, part: rest * rest * (3 - 2 * rest))
      }
      guard (index + 1) * 4 % batches.count < 4 else { continue }
      let error = try error(gradients, workers, held, tensors)
      if error < best.error { best = (error, tensors) }
      if error > Self.hopelessError * before, (index + 1) * 2 >= batches.count { break }
    }
    if best.error < before {
      var edit = GraphEdit(of: graph)
      for tensor in best.tensors { edit[tensor.id].data = TensorData(floats: tensor.numbers) }
      graph.apply(edit)
    }
    return Outcome(before: before, after: best.error)
  }

  /// The samples of every step.
  private func batches() -> [[Int]] {
    let used = (0..<targets.count).filter { $0 % Self.holdOut != Self.holdOut - 1 }
    let size = Self.partCount * GradientMemory.laneCount
    return (0..<epochs).flatMap { epoch in
      let order = Self.shuffled(used, seed: UInt64(epoch))
      return stride(from: 0, to: order.count, by: size).map {
        Array(order[$0..<min($0 + size, order.count)])
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
    let others = try samples.numbers(chosen.map { batch[($0 + 1) % batch.count] })
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

  /// The mean error over some samples.
  private func error(
    _ graph: GradientGraph, _ workers: [Worker], _ chosen: [Int], _ tensors: [FittedTensor]
  ) throws(RunError) -> Double {
    let lanes = GradientMemory.laneCount
    let parts = (chosen.count + lanes - 1) / lanes
    let errors = try runner.map(
      count: workers.count, makeWorker: {},
      body: { (_: Void, first) throws(RunError) in
        let memory = workers[first].memory
        load(tensors, graph, memory)
        var sum = 0.0
        for part in stride(from: first, to: parts, by: workers.count) {
          let range = Array(chosen[part * lanes..<min((part + 1) * lanes, chosen.count)])
          graph.forward(memory, try samples.numbers(range))
          let answers = range.map { targets.answers[$0] }
          sum += targets.errors(graph, memory, from: answers).reduce(0, +)
        }
        return sum
      })
    return errors.reduce(0, +) / Double(max(chosen.count, 1))
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
