import Tensors
import Testing

@testable import MemoryPlanning

/// What a few steps around the peak need.
@Suite struct PeakWindowsTests {
  /// Tensors of 40 bytes that are held beside three operators, each of which may write over what it reads: the second
  /// three bytes before it, the third one byte.
  static func held(_ count: Int) throws -> PlacementProblem {
    typealias Buffer = PlacementProblem.Buffer
    let around = (0..<count).map { Buffer(size: 40, lower: $0 % 3, upper: 12 - $0 % 2) }
    let chain = (0..<3).map { Buffer(size: 40, lower: 4 + $0, upper: 6 + $0) }
    let rest = (0..<30).map { Buffer(size: 8, lower: 12 + $0, upper: 15 + $0) }
    return try PlacementProblem(
      buffers: around + chain + rest,
      overlaps: [
        AllowedOverlap(first: count + 1, second: count, .startsBefore(3)),
        AllowedOverlap(first: count + 2, second: count + 1, .startsBefore(1)),
      ])
  }

  /// The gap that the second operator leaves is no use to the third.
  @Test(arguments: 1...12)
  func aGapOfOneStepIsNoUseInTheNext(count: Int) throws {
    let problem = try Self.held(count)
    #expect(problem.lowerBound == 40 * count + 43)
    let effort = PlacementEffort(searchNodes: 2_000, climbPlacements: 400)
    #expect(
      problem.windowBound(above: problem.lowerBound, below: .max, effort: effort).bytes == 40 * count + 44)
    #expect(problem.needs(40 * count + 44, effort: effort))
    #expect(!problem.needs(40 * count + 45, effort: effort))
    let placed = problem.optimizedPlacement(effort: effort)
    #expect(placed.isProved && placed.placement.arenaBytes == 40 * count + 44)
  }

  @Test func noBoundIsAboveWhatBruteForceFinds() throws {
    var generator = SeededRandom(seed: 61)
    var raised = 0
    for round in 0..<300 {
      let problem = try randomOverlapProblem(equals: [0, 50, 100][round % 3], using: &generator)
      let best = exhaustiveArena(of: problem)
      let bound = problem.lowerBound
      let found = problem.windowBound(above: bound, below: .max, effort: PlacementEffort(searchNodes: 500))
        .bytes
      #expect(bound <= found && found <= best, "\(problem)")
      if found > bound { raised += 1 }
    }
    #expect(raised > 0)
  }

  /// Of equal buffers the first stands below the second; no arena is larger for that.
  @Test func equalBuffersInOrderNeedNoMore() throws {
    var generator = SeededRandom(seed: 62)
    for _ in 0..<100 {
      var problem = try randomOverlapProblem(equals: 0, using: &generator)
      let twins = problem.buffers.prefix(2).map { buffer in
        PlacementProblem.Buffer(size: buffer.size, lower: 0, upper: 6)
      }
      problem = try PlacementProblem(
        buffers: Array(problem.buffers.prefix(5)) + twins + twins.prefix(1),
        overlaps: problem.overlaps.filter { $0.first < 5 && $0.second < 5 })
      let all = problem.optimizedPlacement(effort: PlacementEffort())
      let without = problem.optimizedPlacement(
        effort: PlacementEffort(ideas: PlacementIdeas.all.subtracting(.equalBuffers)))
      #expect(all.placement.arenaBytes == without.placement.arenaBytes && all.isProved == without.isProved)
    }
  }
}
