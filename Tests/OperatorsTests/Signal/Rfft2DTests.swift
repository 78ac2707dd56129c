import Operators
import Testing

@Suite struct Rfft2DTests {
  @Test func otherSizesThanPowersOfTwoAreRefused() {
    func refusal(_ sizes: [Int32]) -> String? {
      KernelFixture(
        Rfft2D.self, [.tensor([4, 4]), .integers(sizes)], [.tensor([4, 3], .complex64)]
      ).refusal?.description
    }
    #expect(refusal([4, 4]) == nil)
    for sizes: [Int32] in [[3, 4], [0, 4], [4, 1], [1 << 30, 4], [-4, 4]] { #expect(refusal(sizes) != nil) }
  }
}
