import Operators
import Testing

@Suite struct TransposeTests {
  @Test(arguments: [[0, 0], [1], [0, 1, 1]] as [[Int32]])
  func refusesWhatIsNoOrder(order: [Int32]) {
    let fixture = KernelFixture(Transpose.self, [.tensor([2, 3]), .integers(order)], [.tensor([3, 2])])
    #expect(fixture.refusal == .invalidShape("input 1 is \(order), no order of the axes of 2×3"))
  }
}
