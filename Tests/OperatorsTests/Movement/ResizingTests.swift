import Operators
import Testing

@Suite struct ResizingTests {
  @Test func refusesAnotherSizeThanDeclared() {
    let fixture = KernelFixture(
      ResizeBilinear.self, [.tensor([1, 2, 2, 1]), .integers([4, 3])], [.tensor([1, 4, 4, 1])])
    #expect(
      fixture.refusal?.description == "output 0 is declared 1×4×4×1, but the operator gives 1×4×3×1")
  }

  /// Tables with an entry for each new row and column would take gigabytes.
  @Test func refusesAxesOfNoEnd() {
    let length: Int32 = 1 << 28
    for type in [ResizeBilinear.self, ResizeNearestNeighbor.self] as [any Operator.Type] {
      let fixture = KernelFixture(
        type, [.tensor([1, 2, 2, 1]), .integers([1, length])], [.tensor([1, 1, length, 1])])
      #expect(fixture.refusal?.description.contains("268435457 long") ?? false)
    }
  }

  @Test func refusesBothRulesAtOnce() {
    let fixture = KernelFixture(
      ResizeNearestNeighbor.self, [.tensor([1, 2, 2, 1]), .integers([4, 4])], [.tensor([1, 4, 4, 1])],
      [("align_corners", 1), ("half_pixel_centers", 1)])
    #expect(fixture.refusal == .unsupported("align_corners and half_pixel_centers exclude each other"))
  }
}
