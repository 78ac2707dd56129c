import Tensors
import Testing
import _TestSupport

@testable import MemoryPlanning

@Suite struct PlacementJudgeTests {
  private static let buffers: [PlacementProblem.Buffer] = [
    .init(size: 16, lower: 0, upper: 2, alignment: 8), .init(size: 8, lower: 1, upper: 3, alignment: 8),
    .init(size: 8, lower: 2, upper: 4, alignment: 8, fixedOffset: 8),
  ]

  /// Answers with one fault each, and the least change that takes it away.
  @Test(arguments: [
    ([0, 16], 24, "2 offsets for 3 buffers"),
    ([0, 16, 8, 0], 24, "4 offsets for 3 buffers"),
    ([-8, 16, 8], 24, "buffer 0 stands at -8: not a multiple of 8"),
    ([0, 20, 8], 28, "buffer 1 stands at 20: not a multiple of 8"),
    ([0, 16, 0], 24, "buffer 2 stands at 0, its offset is fixed at 8"),
    ([0, 8, 8], 16, "buffers 0 and 1 are live together and overlap"),
    ([16, 8, 8], 32, "buffers 1 and 2 are live together and overlap"),
    ([.max - 7, 16, 8], 24, "buffer 0 ends behind region 0"),
    ([0, 16, 8], 23, "the arena ends at 24, not at 23"),
    ([0, 16, 8], 32, "the arena ends at 24, not at 32"),
  ])
  func brokenPlacementsAreNamed(offsets: [Int], arenaBytes: Int, fault: String) {
    let judge = PlacementJudge(Self.buffers, overlaps: [])
    #expect(judge.firstFault(offsets: [0, 16, 8], arenaBytes: 24) == nil)
    #expect(judge.firstFault(offsets: offsets, arenaBytes: arenaBytes) == fault)
  }

  @Test func poolsHaveCapacitiesAndPins() {
    let judge = PlacementJudge(
      Self.buffers, overlaps: [], capacities: [24, 16], pins: [nil, 1, nil])
    #expect(judge.firstFault(offsets: [0, 0, 8], pools: [1, 1, 0]) != nil)
    #expect(judge.firstFault(offsets: [0, 0, 8], pools: [0, 1, 0]) == nil)
    #expect(judge.firstFault(offsets: [0, 0, 8], pools: [0, 1, 1]) == nil)
    let missing = "is in region 2: it must not be there"
    #expect(judge.firstFault(offsets: [0, 0, 8], pools: [2, 1, 0]) == "buffer 0 \(missing)")
    #expect(
      judge.firstFault(offsets: [0, 0, 8], pools: [-1, 1, 0])?.hasPrefix("buffer 0 is in region -1") == true)
    #expect(
      judge.firstFault(offsets: [0, 0, 8], pools: [0, 0, 0])?.hasPrefix("buffer 1 is in region 0") == true)
    #expect(judge.firstFault(offsets: [0, 16, 8], pools: [0, 1, 0]) == "buffer 1 ends behind region 1")
    #expect(judge.firstFault(offsets: [16, 0, 8], pools: [0, 1, 0]) == "buffer 0 ends behind region 0")
    #expect(judge.firstFault(offsets: [0, 0, 8], pools: [0, 1]) == "2 regions for 3 buffers")
  }

  /// Distances at which two buffers of 4 and 6 bytes may stand, by what they are allowed.
  @Test func overlapsAreAllowedInOneDirection() {
    let pair: [PlacementProblem.Buffer] = [
      .init(size: 4, lower: 0, upper: 2), .init(size: 6, lower: 1, upper: 3),
    ]
    func distances(_ overlaps: [AllowedOverlap]) -> [Int] {
      let judge = PlacementJudge(pair, overlaps: overlaps)
      return (-8...8).filter { judge.firstFault(offsets: [10, 10 + $0]) == nil }
    }
    #expect(distances([]) == [-8, -7, -6, 4, 5, 6, 7, 8])
    #expect(distances([AllowedOverlap(first: 1, second: 0, .equal)]) == [-8, -7, -6, 0, 4, 5, 6, 7, 8])
    #expect(
      distances([AllowedOverlap(first: 1, second: 0, .startsBefore(2))])
        == [-8, -7, -6, -5, -4, -3, -2, 4, 5, 6, 7, 8])
    #expect(
      distances([AllowedOverlap(first: 0, second: 1, .startsBefore(3))]) == [-8, -7, -6, 3, 4, 5, 6, 7, 8])
    #expect(distances([AllowedOverlap(first: 0, second: 1, .startsBefore(9))]) == distances([]))
  }

  @Test func buffersWithoutBytesOrCommonTimeAreNeverInTheWay() {
    let judge = PlacementJudge(
      [
        .init(size: 4, lower: 0, upper: 2), .init(size: 4, lower: 2, upper: 3),
        .init(size: 0, lower: 0, upper: 3),
      ], overlaps: [])
    #expect(judge.firstFault(offsets: [0, 2, 1]) == nil)
  }

  /// The check inside the searches says the same of random offsets as the judge does.
  @Test func fastCheckAgrees() throws {
    var generator = SeededRandom(seed: 41)
    var faults = 0
    for _ in 0..<3000 {
      let plain = try randomPlacementProblem(buffers: 4, times: 4, maxSize: 5, using: &generator)
      var overlaps: [AllowedOverlap] = []
      for (first, second) in [(0, 1), (2, 1), (3, 2)] where Bool.random(using: &generator) {
        let distance = Int.random(in: -1...6, using: &generator)
        overlaps.append(
          AllowedOverlap(first: first, second: second, distance < 0 ? .equal : .startsBefore(distance)))
      }
      let problem = try PlacementProblem(buffers: plain.buffers, overlaps: overlaps)
      let offsets = plain.buffers.map { _ in Int.random(in: 0...10, using: &generator) }
      let fault = PlacementJudge(problem.buffers, overlaps: overlaps).firstFault(offsets: offsets)
      #expect((problem.firstConflict(at: offsets) == nil) == (fault == nil))
      if fault != nil { faults += 1 }
    }
    #expect((500...2500).contains(faults))
  }
}
