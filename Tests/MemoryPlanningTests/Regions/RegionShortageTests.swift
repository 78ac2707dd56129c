import Testing

@testable import MemoryPlanning

@Suite struct RegionShortageTests {
  private func problem(_ capacities: [Int], pins: [Int?]? = nil) throws -> RegionProblem {
    let arena = try PlacementProblem(buffers: [
      .init(size: 30, lower: 0, upper: 2), .init(size: 20, lower: 1, upper: 3),
    ])
    return try RegionProblem(arena, values: [1, 1], pins: pins, capacities: capacities)
  }

  @Test func theCauseIsNamed() throws {
    #expect(
      try problem([10, 29]).shortage == RegionShortage(cause: .buffer(0), sufficientLastCapacity: 50))
    #expect(
      try problem([10, 30]).shortage
        == RegionShortage(cause: .liveBytes(missing: 10), sufficientLastCapacity: 50))
    #expect(
      try problem([19, 31]).shortage == RegionShortage(cause: .placement, sufficientLastCapacity: 50))
    #expect(try problem([20, 31]).optimizedAssignment() != nil)
    #expect(
      try problem([10, 99], pins: [0, nil]).shortage
        == RegionShortage(cause: .buffer(0), sufficientLastCapacity: nil))
  }

  @Test func theSufficientCapacitySuffices() throws {
    let last = try #require(try problem([10, 30]).shortage.sufficientLastCapacity)
    #expect(try problem([10, last]).optimizedAssignment() != nil)
  }
}
