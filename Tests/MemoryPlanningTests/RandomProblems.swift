import Tensors

@testable import MemoryPlanning

/// A random acyclic problem: steps in index order, buffers read by random later steps.
func randomScheduleProblem(
  steps: Int, extraPrecedences: Int = 1, using generator: inout SeededRandom
) throws -> ScheduleProblem {
  var buffers: [ScheduleProblem.Buffer] = []
  let inputs = Int.random(in: 1...2, using: &generator)
  for _ in 0..<inputs {
    buffers.append(randomBuffer(producer: nil, steps: steps, using: &generator))
  }
  for step in 0..<steps {
    for _ in 0..<(Int.random(in: 0..<8, using: &generator) == 0 ? 2 : 1) {
      buffers.append(randomBuffer(producer: step, steps: steps, using: &generator))
    }
  }
  var precedences: [ScheduleProblem.Precedence] = []
  for _ in 0..<extraPrecedences where steps > 1 {
    let before = Int.random(in: 0..<steps - 1, using: &generator)
    precedences.append(.init(before: before, after: Int.random(in: before + 1..<steps, using: &generator)))
  }
  let transient = (0..<steps).map { _ in
    Int.random(in: 0..<4, using: &generator) == 0 ? Int.random(in: 1...40, using: &generator) : 0
  }
  return try ScheduleProblem(buffers: buffers, precedences: precedences, transientBytes: transient)
}

private func randomBuffer(
  producer: Int?, steps: Int, using generator: inout SeededRandom
) -> ScheduleProblem.Buffer {
  let later = ((producer ?? -1) + 1)..<steps
  let readers = later.isEmpty ? 0 : [0, 1, 1, 1, 1, 2, 2, 3].randomElement(using: &generator) ?? 1
  return ScheduleProblem.Buffer(
    size: Int.random(in: 0...64, using: &generator), producer: producer,
    consumers: (0..<readers).map { _ in Int.random(in: later, using: &generator) },
    isKept: Int.random(in: 0..<6, using: &generator) == 0)
}

/// The lowest peak over every topological order, by trying them all.
func bruteForcePeak(of problem: ScheduleProblem) -> Int {
  let graph = StepGraph(problem)
  var best = Int.max
  var order: [Int] = []
  var isDone = [Bool](repeating: false, count: problem.stepCount)
  func extend() {
    if order.count == problem.stepCount {
      best = min(best, problem.schedule(order).peakBytes)
      return
    }
    for step in 0..<problem.stepCount
    where !isDone[step] && graph.predecessors[step].allSatisfy({ isDone[$0] }) {
      isDone[step] = true
      order.append(step)
      extend()
      order.removeLast()
      isDone[step] = false
    }
  }
  extend()
  return best
}

/// Random buffers with short lifetimes.
func randomPlacementProblem(
  buffers count: Int, times: Int, maxSize: Int, alignment: Int = 1, using generator: inout SeededRandom
) throws -> PlacementProblem {
  let buffers = (0..<count).map { _ in
    let lower = Int.random(in: 0..<times, using: &generator)
    return PlacementProblem.Buffer(
      size: Int.random(in: 1...maxSize, using: &generator), lower: lower,
      upper: lower + Int.random(in: 1...max(1, times / 2), using: &generator), alignment: alignment)
  }
  return try PlacementProblem(buffers: buffers)
}
