import Execution
import GraphIR
import Operators
import Tensors

/// What a model answers to samples, and what another model's answers are measured against.
struct OutputTargets: Sendable {
  /// The numbers of every target by sample, one behind the other.
  let answers: [[Float]]
  /// The model that answered.
  let graph: GradientGraph
  /// What the square of a difference counts, by target: errors are parts of the answers' variance.
  let weights: [Float]
  private let losses: [AnswerLoss]
  /// Samples that are measured: as many as there are answers.
  var count: Int { answers.count }

  init(_ graph: GradientGraph, _ samples: FittingSamples, runner: ParallelRunner) throws(RunError) {
    self.graph = graph
    answers = try runner.mapLanes(
      count: samples.count, makeWorker: { graph.makeMemory() },
      body: { (memory: GradientMemory, range: [Int]) throws(RunError) -> [[Float]] in
        graph.forward(memory, try samples.numbers(range))
        return range.indices.map { graph.answers(memory, lane: $0) }
      })
    let memory = graph.makeMemory()
    var start = 0
    var weights: [Float] = []
    for target in graph.targets {
      let range = start..<start + memory.value(target).count / GradientMemory.laneCount
      start = range.upperBound
      let numbers = answers.flatMap { $0[range] }.map(Double.init)
      let mean = numbers.reduce(0, +) / Double(max(numbers.count, 1))
      let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(numbers.count, 1))
      let share = Double(range.count) * Double(graph.targets.count) * max(variance, 1e-12)
      weights.append(Float(1 / share))
    }
    self.weights = weights
    losses = zip(weights, graph.forms).map {
      AnswerLoss(form: $1, weight: $0, targetCount: graph.targets.count)
    }
  }

  /// What a fit makes small, by sample.
  func losses(_ graph: GradientGraph, _ memory: GradientMemory, from answers: [[Float]]) -> [Double] {
    sums(graph, memory, from: answers) { $0.loss($1, from: $2) }
  }

  /// How far a graph's answers in memory lie from others, by sample, in parts of the answers' variance.
  func errors(_ graph: GradientGraph, _ memory: GradientMemory, from answers: [[Float]]) -> [Double] {
    sums(graph, memory, from: answers) { $0.squares($1, from: $2) }
  }

  /// What the answers in memory count against others, summed over the targets, by sample.
  private func sums(
    _ graph: GradientGraph, _ memory: GradientMemory, from answers: [[Float]],
    count: (AnswerLoss, [Float], ArraySlice<Float>) -> Double
  ) -> [Double] {
    answers.enumerated().map { lane, wanted in
      var (sum, start) = (0.0, 0)
      for (target, loss) in zip(graph.targets, losses) {
        let numbers = memory.numbers(target, lane: lane)
        sum += count(loss, numbers, wanted[start..<start + numbers.count])
        start += numbers.count
      }
      return sum
    }
  }

  /// Sets the targets' derivatives to those of the loss; lanes without a sample get none, nor do
  /// targets in which nothing that is fitted has a part.
  func differentiate(_ graph: GradientGraph, _ memory: GradientMemory, from answers: [[Float]]) {
    let lanes = GradientMemory.laneCount
    var start = 0
    for (target, loss) in zip(graph.targets, losses) {
      let count = memory.value(target).count / lanes
      defer { start += count }
      guard memory.hasGradient(target) else { continue }
      let gradient = memory.gradient(target)
      for (lane, wanted) in answers.enumerated() {
        let slopes = loss.slopes(
          memory.numbers(target, lane: lane), from: wanted[start..<start + count])
        for (index, slope) in slopes.enumerated() { gradient[index * lanes + lane] += slope }
      }
    }
  }
}

extension ParallelRunner {
  /// Does work for up to eight numbers below `count` at a time, and joins what comes of it.
  func mapLanes<Worker, Result: Sendable, Failure: Error>(
    count: Int, makeWorker: @Sendable () -> Worker,
    body: @Sendable (Worker, [Int]) throws(Failure) -> [Result]
  ) throws(Failure) -> [Result] {
    let lanes = GradientMemory.laneCount
    let parts = try map(
      count: (count + lanes - 1) / lanes, makeWorker: makeWorker,
      body: { worker, part throws(Failure) in
        try body(worker, Array(part * lanes..<min((part + 1) * lanes, count)))
      })
    return parts.flatMap { $0 }
  }
}
