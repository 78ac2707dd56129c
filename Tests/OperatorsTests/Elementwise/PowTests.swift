import Operators
import Testing

@Suite struct PowTests {
  private let fixture = KernelFixture(
    Pow.self, [.tensor([1], .int32), .tensor([1], .int32)], [.tensor([1], .int32)])

  @Test func refusesNegativeExponents() {
    let text = "element 0 of input 1 is negative; POW of int32 has no result for it"
    #expect(throws: KernelError.invalidData(text)) { try fixture.run([2, 0, 0, 0], [255, 255, 255, 255]) }
  }

  @Test func powersWrap() throws {
    #expect(try fixture.run([3, 0, 0, 0], [5, 0, 0, 0]) == [[243, 0, 0, 0]])
    #expect(try fixture.run([2, 0, 0, 0], [32, 0, 0, 0]) == [[0, 0, 0, 0]])
    #expect(try fixture.run([0, 0, 0, 0], [0, 0, 0, 0]) == [[1, 0, 0, 0]])
  }
}
