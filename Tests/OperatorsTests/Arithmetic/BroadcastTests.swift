import Operators
import Tensors
import Testing

@Suite struct BroadcastTests {
  @Test func indicesRepeatAlongAxesOfSizeOne() throws {
    let broadcast = try Broadcast([2, 1, 3], [4, 1])
    #expect(broadcast.shape == [2, 4, 3])
    var pairs: [[Int]] = []
    broadcast.forEach { output, left, right in pairs.append([output, left, right]) }
    let expected = (0..<24).map { index in [index, index / 12 * 3 + index % 3, index / 3 % 4] }
    #expect(pairs == expected)
  }

  @Test func equalShapesAreTheIdentity() throws {
    #expect(try Broadcast([2, 3], [2, 3]).isIdentity)
    #expect(try !Broadcast([2, 3], [3]).isIdentity)
  }

  @Test(arguments: [
    [[2, 3, 4], [2, 3, 4], [1]], [[2, 3, 4], [3, 1], [4]], [[1, 4], [5, 1, 1], [2, 1, 3, 1]],
    [[2, 1, 2, 1, 2], [1, 3, 1, 3, 1], [1]], [[], [], []], [[0, 3], [1, 3], [3]],
  ])
  func runsVisitWhatNaiveIndexingVisits(dimensions: [[Int]]) throws {
    let shapes = try dimensions.map { try #require(Shape($0)) }
    let broadcast = try Broadcast(shapes[0], shapes[1], shapes[2])
    var visited: [[Int]] = []
    let steps = broadcast.steps
    broadcast.forEachRun { run in
      for index in 0..<run.count {
        visited.append([
          run.output + index, run.left + index * steps.left, run.right + index * steps.right,
          run.third + index * steps.third,
        ])
      }
    }
    let expected = (0..<broadcast.shape.elementCount).map { output in
      [output] + shapes.map { naiveIndex(of: output, in: broadcast.shape, operand: $0) }
    }
    #expect(visited == expected)
  }

  /// The element of an operand that stands at an element of the result, by taking the index apart.
  private func naiveIndex(of output: Int, in shape: Shape, operand: Shape) -> Int {
    var (rest, index, stride) = (output, 0, 1)
    for axis in 0..<shape.rank {
      let size = shape[shape.rank - 1 - axis]
      let position = rest % size
      rest /= size
      guard axis < operand.rank else { continue }
      let operandSize = operand[operand.rank - 1 - axis]
      index += operandSize == 1 ? 0 : position * stride
      stride *= operandSize
    }
    return index
  }

  @Test func shapesThatAlternateTooOftenAreRefused() throws {
    let left = try #require(Shape((0..<12).map { $0 % 2 + 1 }))
    let right = try #require(Shape((0..<12).map { 2 - $0 % 2 }))
    #expect(throws: KernelError.invalidShape("the shapes broadcast along more than 8 axes in turn")) {
      try Broadcast(left, right)
    }
  }

  @Test func shapesThatDoNotBroadcastAreRefused() {
    #expect(throws: KernelError.invalidShape("shapes 2×3, 2 do not broadcast")) {
      try Broadcast([2, 3], [2])
    }
  }
}
