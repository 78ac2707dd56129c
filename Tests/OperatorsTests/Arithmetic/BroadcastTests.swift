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

  @Test func shapesThatDoNotBroadcastAreRefused() {
    #expect(throws: KernelError.invalidShape("shapes 2×3, 2 do not broadcast")) {
      try Broadcast([2, 3], [2])
    }
  }
}
