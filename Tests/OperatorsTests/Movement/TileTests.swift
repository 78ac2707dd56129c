import Operators
import Testing

@Suite struct TileTests {
  @Test func refusesNegativeMultiples() {
    let fixture = KernelFixture(Tile.self, [.tensor([2]), .integers([-1])], [.tensor([2])])
    #expect(fixture.refusal == .invalidShape("the multiples [-1] must not be negative"))
  }
}
