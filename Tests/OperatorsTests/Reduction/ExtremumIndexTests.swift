import Operators
import Testing

@Suite struct ExtremumIndexTests {
  @Test func refusesAnEmptyAxis() {
    let fixture = KernelFixture(ArgMax.self, [.tensor([2, 0]), .integers([1])], [.tensor([2], .int32)])
    #expect(fixture.refusal == .invalidShape("axis 1 of 2×0 has no index to give"))
  }

  @Test func aNaNYieldsToNumbers() throws {
    let fixture = KernelFixture(ArgMin.self, [.tensor([2]), .integers([0])], [.tensor([], .int32)])
    #expect(try fixture.run([0, 0, 0xC0, 0x7F, 0, 0, 0x80, 0x3F]) == [[1, 0, 0, 0]])
    #expect(try fixture.run([0, 0, 0x80, 0x3F, 0, 0, 0xC0, 0x7F]) == [[0, 0, 0, 0]])
  }
}
