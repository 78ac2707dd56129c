import Testing

@testable import MemoryPlanning

@Suite struct LiveCheckTests {
  @Test func sharedBytesAreAllowedForUntilAllIsKnown() throws {
    let buffers: [PlacementProblem.Buffer] = [
      .init(size: 10, lower: 0, upper: 2), .init(size: 10, lower: 1, upper: 3),
      .init(size: 4, lower: 1, upper: 3),
    ]
    let overlap = AllowedOverlap(first: 1, second: 0, .startsBefore(2))
    let arena = try PlacementProblem(buffers: buffers, overlaps: [overlap])
    let problem = try RegionProblem(arena, values: [1, 1, 1], capacities: [12, 14])
    let sharing = SharingTable(arena)
    #expect(sharing.mostSharedBytes(among: [0, 1]) == 8)
    #expect(sharing.mostSharedBytes(among: [0, 2]) == 0)
    #expect(sharing.sharedBytesLimit(among: [0, 1]) == 10)
    let exact = LiveCheck(problem, sharing, [0, 1, 2], coming: [], time: 1)
    #expect(exact.fits([0, 0, 1]))
    #expect(!exact.fits([0, 0, 0]))
    #expect(exact.fits([1, 0, 1]))
    let early = LiveCheck(problem, sharing, [0, 2], coming: [1], time: 1)
    #expect(early.fits([0, 0]))
  }
}
