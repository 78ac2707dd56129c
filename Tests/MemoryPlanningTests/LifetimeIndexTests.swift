import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct LifetimeIndexTests {
  private func buffers(_ count: Int, seed: UInt64) throws -> [PlacementProblem.Buffer] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in
      let lower = random.next(below: 40)
      return .init(size: random.next(below: 9), lower: lower, upper: lower + 1 + random.next(below: 12))
    }
  }

  @Test(arguments: [1, 2, 3, 7, 64, 65, 200]) func findsWhatALookAtAllFinds(count: Int) throws {
    let buffers = try buffers(count, seed: UInt64(count))
    let index = LifetimeIndex(buffers)
    for one in buffers.indices {
      let together = buffers.indices.filter { buffers[$0].isLiveTogether(with: buffers[one]) }
      #expect(index.conflicts(of: one).sorted() == together.filter { $0 != one })
      #expect(index.conflictCount(of: one) == together.count)
      #expect(index.conflictBytes(of: one) == together.reduce(0) { $0 + buffers[$1].size })
    }
  }

  /// Long chains take the way of few neighbors: the lowest offset is the same as with a look at all that is placed.
  @Test func longChainsArePlacedAsLowAsAmongAllPlaced() throws {
    var random = SeededRandom(seed: 5)
    let problem = try PlacementProblem(
      buffers: (0..<300).map { .init(size: 1 + random.next(below: 50), lower: $0, upper: $0 + 2) })
    for strategy in GreedyStrategy.allCases {
      var offsets = [Int](repeating: 0, count: 300)
      var placed: [Int] = []
      for index in problem.sequence(by: strategy) {
        offsets[index] = problem.lowestOffset(of: index, among: placed, at: offsets)
        placed.append(index)
        placed.sort { (offsets[$0], $0) < (offsets[$1], $1) }
      }
      #expect(problem.greedyPlacement(by: strategy).offsets == offsets)
    }
  }
}
