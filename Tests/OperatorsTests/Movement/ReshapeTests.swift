import Operators
import Testing

@Suite struct ReshapeTests {
  @Test func keepsAllBytes() throws {
    let fixture = KernelFixture(Reshape.self, [.tensor([2, 2], .int8)], [.tensor([4], .int8)])
    #expect(try fixture.run([1, 2, 3, 4]) == [[1, 2, 3, 4]])
  }

  @Test func packedElementsStayPacked() throws {
    let fixture = KernelFixture(Reshape.self, [.tensor([3, 1], .int4)], [.tensor([3], .int4)])
    #expect(try fixture.run([0x21, 0x03]) == [[0x21, 0x03]])
  }

  @Test func refusesOtherSizesAndTypes() {
    let size = KernelFixture(Reshape.self, [.tensor([2, 3])], [.tensor([7])])
    #expect(size.refusal == .invalidShape("input 0 is 2×3, output 0 7: 6 and 7 elements"))
    let type = KernelFixture(Reshape.self, [.tensor([6], .int8)], [.tensor([6], .uint8)])
    #expect(type.refusal == .unsupportedType("input 0 is int8, but output 0 is uint8"))
    let text = KernelFixture(Reshape.self, [.tensor([6], .string)], [.tensor([6], .string)])
    #expect(text.refusal == .unsupportedType("input 0 is string, whose size only the data tells"))
  }
}
