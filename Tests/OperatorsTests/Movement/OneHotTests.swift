import Operators
import Testing

@Suite struct OneHotTests {
  private func refusal(depth: Int32, axis: Int64, output: [Int32] = [2, 3]) -> String? {
    KernelFixture(
      OneHot.self, [.tensor([2], .int32), .integers([depth], []), .tensor([]), .tensor([])],
      [.tensor(output)], [("axis", axis)]
    ).refusal?.description
  }

  @Test func oddOperandsAreRefused() {
    #expect(refusal(depth: 3, axis: -1) == nil)
    #expect(refusal(depth: -3, axis: -1) == "the depth -3 must not be negative")
    #expect(refusal(depth: 3, axis: 2) == "axis 2 does not exist behind 2")
    #expect(refusal(depth: 4, axis: -1) == "output 0 is declared 2×3, but the operator gives 2×4")
  }
}
