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

/// The problem with overlaps of random distances between what a step writes and what it reads.
func randomOverlaps(of problem: ScheduleProblem, using generator: inout SeededRandom) throws
  -> ScheduleProblem
{
  var overlaps: [AllowedOverlap] = []
  for (first, written) in problem.buffers.enumerated() {
    for (second, read) in problem.buffers.enumerated() {
      guard let step = written.producer, read.consumers.contains(step) else { continue }
      overlaps.append(
        AllowedOverlap(first: first, second: second, .startsBefore(Int.random(in: 0...60, using: &generator)))
      )
    }
  }
  return try ScheduleProblem(
    buffers: problem.buffers, precedences: problem.precedences, transientBytes: problem.transientBytes,
    overlaps: overlaps)
}

/// Problems one behind the other, with a step between them that waits for the first and that the next awaits.
func chained(_ problems: [ScheduleProblem]) throws -> ScheduleProblem {
  var buffers: [ScheduleProblem.Buffer] = []
  var precedences: [ScheduleProblem.Precedence] = []
  var transient: [Int] = []
  for problem in problems {
    let start = transient.count
    buffers += problem.buffers.map {
      ScheduleProblem.Buffer(
        size: $0.size, producer: ($0.producer ?? 0) + start,
        consumers: $0.consumers.filter { $0 > 0 }.map { $0 + start })
    }
    for step in 0..<problem.stepCount {
      if start > 0 { precedences.append(.init(before: start - 1, after: step + start)) }
      precedences.append(.init(before: step + start, after: start + problem.stepCount))
    }
    transient += problem.transientBytes + [0]
  }
  return try ScheduleProblem(buffers: buffers, precedences: precedences, transientBytes: transient)
}

/// The lowest peak over every topological order, by trying them all.
func bruteForcePeak(of problem: ScheduleProblem) -> Int {
  let graph = problem.steps
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

/// Buffers like those of graphs: some that end in a step are read by one that begins in it.
///
/// - Parameter equals: of all allowances, the share that is for one address, in percent.
func randomOverlapProblem(
  buffers: Int = 5, equals: Int = 15, using generator: inout SeededRandom
) throws -> PlacementProblem {
  let problem = try randomPlacementProblem(buffers: buffers, times: 5, maxSize: 4, using: &generator)
  var overlaps: [AllowedOverlap] = []
  for (first, written) in problem.buffers.enumerated() {
    for (second, read) in problem.buffers.enumerated()
    where first != second && read.upper == written.lower + 1 && read.lower < written.lower {
      let isEqual = Int.random(in: 0..<100, using: &generator) < equals
      let distance = Int.random(in: 0...5, using: &generator)
      overlaps.append(
        AllowedOverlap(first: first, second: second, isEqual ? .equal : .startsBefore(distance)))
    }
  }
  return try PlacementProblem(buffers: problem.buffers, overlaps: overlaps)
}

/// The smallest arena over all offsets, one by one, as the judge sees each pair.
func exhaustiveArena(of problem: PlacementProblem) -> Int {
  let count = problem.buffers.count
  let total = problem.buffers.reduce(0) { $0 + $1.size }
  // Whether a buffer may stand so many bytes behind an earlier one, by pair and distance.
  let isAllowed = (0..<count).map { second in
    (0..<second).map { first in
      let pair = problem.subproblem([first, second])
      let judge = PlacementJudge(pair.buffers, overlaps: pair.overlaps)
      return (-total...total).map { judge.firstFault(offsets: [total, total + $0]) == nil }
    }
  }
  var best = total + 1
  var offsets = [Int](repeating: 0, count: count)
  func place(_ index: Int, end: Int) {
    guard index < count else {
      best = min(best, end)
      return
    }
    let size = problem.buffers[index].size
    for offset in 0..<max(1, best - size) {
      let newEnd = max(end, offset + size)
      if newEnd >= best { return }
      offsets[index] = offset
      if (0..<index).allSatisfy({ isAllowed[index][$0][offset - offsets[$0] + total] }) {
        place(index + 1, end: newEnd)
      }
    }
  }
  place(0, end: 0)
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

/// Copies of a problem that wait for step 0; the last step waits for all.
func copies(of part: ScheduleProblem, count: Int) throws -> ScheduleProblem {
  let steps = part.stepCount
  let last = count * steps + 1
  var buffers: [ScheduleProblem.Buffer] = [
    .init(size: 24, producer: 0, consumers: Array(1..<last)),
    .init(size: 8, producer: last, consumers: [], isKept: true),
  ]
  var overlaps: [AllowedOverlap] = []
  for copy in 0..<count {
    let first = buffers.count
    for buffer in part.buffers {
      let readers = buffer.consumers.map { $0 + 1 + copy * steps } + (buffer.isKept ? [last] : [])
      buffers.append(
        .init(
          size: buffer.size, producer: buffer.producer.map { $0 + 1 + copy * steps } ?? 0,
          consumers: readers))
    }
    overlaps += part.overlaps.map {
      AllowedOverlap(first: $0.first + first, second: $0.second + first, $0.condition)
    }
  }
  return try ScheduleProblem(
    buffers: buffers, transientBytes: [0] + (0..<count).flatMap { _ in part.transientBytes } + [0],
    overlaps: overlaps)
}
