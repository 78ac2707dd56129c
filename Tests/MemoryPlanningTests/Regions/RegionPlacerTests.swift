import Testing

@testable import MemoryPlanning

@Suite struct RegionPlacerTests {
  /// Long before and behind two buffers that do not fit together stand others that do.
  @Test func cutsAreShort() throws {
    var buffers = (0..<10).map { PlacementProblem.Buffer(size: 4, lower: $0, upper: $0 + 2) }
    buffers[5] = .init(size: 9, lower: 5, upper: 7)
    let problem = try RegionProblem(
      PlacementProblem(buffers: buffers), values: buffers.map(\.size), capacities: [12, 99])
    var placer = RegionPlacer(problem, effort: .small)
    guard case .impossible(let cut) = placer.place(buffers.map { _ in 0 }) else {
      Issue.record("13 bytes fit into 12")
      return
    }
    #expect(cut.region == 0)
    #expect(cut.buffers == [4, 5])
    #expect(placer.isExact)
  }

  @Test func offsetsAreThoseOfEachRegion() throws {
    let buffers = (0..<4).map { PlacementProblem.Buffer(size: 4, lower: $0, upper: $0 + 2) }
    let problem = try RegionProblem(
      PlacementProblem(buffers: buffers), values: [1, 1, 1, 1], capacities: [4, 4])
    var placer = RegionPlacer(problem, effort: .small)
    guard case .placed(let offsets) = placer.place([0, 1, 0, 1]) else {
      Issue.record("two rows of buffers fit")
      return
    }
    try problem.validate(RegionAssignment(regions: [0, 1, 0, 1], offsets: offsets))
  }
}
