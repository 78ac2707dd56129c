import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct OverlapTests {
  @Test func placementEqualsExhaustiveSearch() throws {
    var generator = SeededRandom(seed: 8)
    var gains = 0
    for _ in 0..<250 {
      let problem = try randomOverlapProblem(using: &generator)
      if problem.overlaps.isEmpty { continue }
      let result = problem.optimizedPlacement()
      try problem.validate(result.placement)
      let best = exhaustiveArena(of: problem)
      #expect(result.lowerBound <= best, "\(problem)")
      #expect(!result.isProved || result.placement.arenaBytes == best)
      if problem.overlaps.allSatisfy({ $0.condition != .equal }) {
        #expect(result.isProved)
        #expect(result.placement.arenaBytes == best, "\(problem)")
      }
      let apart = try PlacementProblem(buffers: problem.buffers).optimizedPlacement().placement.arenaBytes
      #expect(result.placement.arenaBytes <= apart)
      if best < apart { gains += 1 }
    }
    #expect(gains > 30)
  }

  @Test func orderEqualsBruteForce() throws {
    var generator = SeededRandom(seed: 31)
    var gains = 0
    for _ in 0..<1200 {
      let plain = try randomScheduleProblem(steps: 6, using: &generator)
      let problem = try randomOverlaps(of: plain, using: &generator)
      let result = problem.optimizedOrder()
      try problem.validate(result.schedule)
      #expect(result.isProved)
      #expect(result.schedule.peakBytes == bruteForcePeak(of: problem), "\(problem.csv)")
      if result.schedule.peakBytes < plain.optimizedOrder().schedule.peakBytes { gains += 1 }
      #expect(try ScheduleProblem(csv: problem.csv) == problem)
    }
    #expect(gains > 200)
  }

  @Test func validatorRefusesWhatIsNotAllowed() throws {
    let buffers = [
      PlacementProblem.Buffer(size: 8, lower: 0, upper: 2), .init(size: 8, lower: 1, upper: 3),
    ]
    let problem = try PlacementProblem(
      buffers: buffers, overlaps: [AllowedOverlap(first: 1, second: 0, .startsBefore(3))])
    try problem.validate(Placement(offsets: [3, 0], arenaBytes: 11))
    #expect(throws: PlanningError.self) { try problem.validate(Placement(offsets: [2, 0], arenaBytes: 10)) }
    #expect(throws: PlanningError.self) { try problem.validate(Placement(offsets: [0, 3], arenaBytes: 11)) }
    let equal = try PlacementProblem(
      buffers: buffers, overlaps: [AllowedOverlap(first: 1, second: 0, .equal)])
    #expect(equal.optimizedPlacement().placement == Placement(offsets: [0, 0], arenaBytes: 8))
    #expect(throws: PlanningError.self) { try equal.validate(Placement(offsets: [1, 0], arenaBytes: 9)) }
  }

  @Test func sharedBytesAreCountedOnce() {
    #expect(AllowedOverlap.mostSharedBytes(written: 10, read: [(4, 0), (4, 0)]) == 8)
    #expect(AllowedOverlap.mostSharedBytes(written: 10, read: [(8, 6)]) == 4)
    #expect(AllowedOverlap.mostSharedBytes(written: 10, read: [(8, 10)]) == 0)
    #expect(AllowedOverlap.mostSharedBytes(written: 10, read: [(8, 1), (8, 1)]) == 9)
  }

  @Test func impossibleOverlapsAreRefused() {
    let buffers = [
      PlacementProblem.Buffer(size: 8, lower: 0, upper: 2), .init(size: 8, lower: 1, upper: 3),
    ]
    for pair in [(0, 0), (0, 2), (-1, 0)] {
      #expect(throws: PlanningError.self) {
        try PlacementProblem(
          buffers: buffers, overlaps: [AllowedOverlap(first: pair.0, second: pair.1, .equal)])
      }
    }
    #expect(throws: PlanningError.self) {
      try PlacementProblem(
        buffers: buffers, overlaps: [AllowedOverlap(first: 1, second: 0, .startsBefore(-1))])
    }
  }

  @Test func tableKeepsOverlaps() throws {
    let text = "id,lower,upper,size,over\na,0,2,8,\nb,1,3,8,a:3\nc,2,4,8,b:=\n"
    let named = try NamedPlacementProblem(csv: text)
    #expect(named.problem.overlaps.map(\.condition) == [.startsBefore(3), .equal])
    #expect(named.csv() == text)
    for bad in ["b:3x", "d:3", "a", "a:-1"] {
      #expect(throws: PlanningError.self) {
        try NamedPlacementProblem(csv: "id,lower,upper,size,over\na,0,2,8,\nb,1,3,8,\(bad)\n")
      }
    }
  }
}
