import Testing

@testable import MemoryPlanning

@Suite struct SequenceClimbTests {
  /// Offsets of buffers that are live together, placed one after the other.
  private func offsets(
    _ buffers: [(size: Int, alignment: Int)], sharing pairs: [(Int, Int)]
  ) throws -> [Int] {
    let problem = try PlacementProblem(
      buffers: buffers.map { .init(size: $0.size, lower: 0, upper: 1, alignment: $0.alignment) },
      overlaps: pairs.map { AllowedOverlap(first: $0.0, second: $0.1, .equal) })
    var climb = SequenceClimb(problem)
    let placement = climb.run(from: Array(buffers.indices), rounds: 0, goal: 0)
    try problem.validate(placement)
    return placement.offsets
  }

  @Test func buffersThatMayShareAnAddressDo() throws {
    #expect(try offsets([(8, 1), (8, 1)], sharing: [(1, 0)]) == [0, 0])
    #expect(try offsets([(4, 1), (8, 1), (8, 1)], sharing: [(2, 1)]) == [0, 4, 4])
    #expect(try offsets([(8, 1), (4, 1), (8, 1)], sharing: [(2, 0)]) == [0, 8, 0])
  }

  @Test func anAddressIsNotSharedWhereItIsNotAlignedOrAnotherBufferIsInTheWay() throws {
    #expect(try offsets([(4, 1), (8, 1), (8, 8)], sharing: [(2, 1)]) == [0, 4, 16])
    #expect(try offsets([(4, 1), (4, 1), (8, 1)], sharing: [(2, 0)]) == [0, 4, 8])
  }
}
