import Operators
import Testing

@Suite struct MirrorPadTests {
  @Test func refusesMoreThanThereIsToMirror() {
    let fixture = KernelFixture(
      MirrorPad.self, [.tensor([3]), .integers([3, 0], [1, 2])], [.tensor([6])], [("mode", 0)])
    #expect(fixture.refusal == .invalidShape("3 and 0 elements cannot mirror axis 0 of 3"))
  }

  /// A table with an entry for each element of the axis would take gigabytes.
  @Test func refusesAxesOfNoEnd() {
    let fixture = KernelFixture(
      MirrorPad.self, [.tensor([1 << 28]), .integers([1, 0], [1, 2])], [.tensor([1 << 28 + 1])], [("mode", 1)]
    )
    #expect(fixture.refusal?.description.contains("268435457 long") ?? false)
  }
}
