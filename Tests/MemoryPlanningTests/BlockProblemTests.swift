import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct BlockProblemTests {
  @Test func buffersOfABlockKeepTheirDistance() throws {
    let problem = try PlacementProblem(buffers: [
      .init(size: 32, lower: 0, upper: 3), .init(size: 16, lower: 1, upper: 2),
      .init(size: 64, lower: 0, upper: 2),
    ])
    let blocks = BlockProblem(
      problem,
      blocks: [[.init(buffer: 0, offset: 0), .init(buffer: 1, offset: 32)], [.init(buffer: 2, offset: 0)]])
    let placement = blocks.placement(rounds: 10)
    #expect(placement.offsets[1] == placement.offsets[0] + 32)
    #expect(placement.arenaBytes == 112)
  }

  @Test(arguments: 0..<20) func nothingIsPlacedWhereItMayNotBe(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let buffers = (0..<12).map { _ -> PlacementProblem.Buffer in
      let lower = Int.random(in: 0..<8, using: &random)
      return .init(
        size: 16 * Int.random(in: 1...6, using: &random), lower: lower,
        upper: lower + Int.random(in: 1...4, using: &random), alignment: 16)
    }
    let overlaps = (0..<6).map {
      AllowedOverlap(first: $0, second: $0 + 6, $0 % 2 == 0 ? .equal : .startsBefore(16 * ($0 - 1)))
    }
    let problem = try PlacementProblem(buffers: buffers, overlaps: overlaps)
    let blocks = BlockProblem(problem, blocks: buffers.indices.map { [.init(buffer: $0, offset: 0)] })
    let placement = blocks.placement(rounds: 50)
    #expect(
      PlacementJudge(buffers, overlaps: overlaps).firstFault(
        offsets: placement.offsets, arenaBytes: placement.arenaBytes) == nil)
  }
}
