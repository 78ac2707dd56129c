import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct RegionSweepTests {
  private func problem() throws -> RegionProblem {
    let arena = try PlacementProblem(buffers: [
      .init(size: 6, lower: 0, upper: 2), .init(size: 5, lower: 1, upper: 3),
      .init(size: 6, lower: 2, upper: 4),
    ])
    return try RegionProblem(arena, values: [6, 5, 6], capacities: [10, 10])
  }

  @Test func liveBytesStayWithinTheCapacity() throws {
    let sweep = RegionSweep(try problem(), cuts: [], width: 100)
    #expect(sweep.regions == [0, 1, 0])
    #expect(sweep.score == 12)
    #expect(sweep.isComplete)
  }

  @Test func onlyBetterChoicesThanAKnownOneAreLookedFor() throws {
    #expect(RegionSweep(try problem(), cuts: [], width: 100, knownScore: 11).regions == [0, 1, 0])
    let sweep = RegionSweep(try problem(), cuts: [], width: 100, knownScore: 12)
    #expect(sweep.regions == nil)
    #expect(sweep.isComplete)
  }

  @Test func cutsReachAcrossBuffersThatAreNotLiveTogether() throws {
    let cut = RegionSweep.Cut(region: 0, buffers: [0, 2])
    let sweep = RegionSweep(try problem(), cuts: [cut], width: 100)
    #expect(sweep.score == 5)
    let both = [cut, RegionSweep.Cut(region: 1, buffers: [0])]
    #expect(RegionSweep(try problem(), cuts: both, width: 100).regions == nil)
  }

  @Test func narrowSweepsSaySo() throws {
    var generator = SeededRandom(seed: 3)
    let wide = try randomRegionProblem(buffers: 40, regions: 2, maxSize: 100, using: &generator)
    let sweep = RegionSweep(wide, cuts: [], width: 2)
    #expect(!sweep.isComplete)
    #expect(sweep.states <= 40 * 4)
  }

  @Test func manyBuffersOfOneTimeAreNotAllCombined() throws {
    let buffers = (0..<60).map { _ in PlacementProblem.Buffer(size: 10, lower: 0, upper: 1) }
    let problem = try RegionProblem(
      PlacementProblem(buffers: buffers), values: buffers.map { _ in 1 }, capacities: [300, 300])
    let sweep = RegionSweep(problem, cuts: [], width: 50)
    #expect(sweep.states <= 60 * 100)
    #expect(problem.optimizedAssignment()?.score == 30)
  }
}
