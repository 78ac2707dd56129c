import Operators
import Testing

@Suite struct StridedSliceTests {
  private func fixture(
    begin: [Int32], end: [Int32], stride: [Int32], to output: [Int32], _ options: [(String, Int64)] = []
  ) -> KernelFixture {
    KernelFixture(
      StridedSlice.self,
      [.tensor([2, 3], .int8), .integers(begin), .integers(end), .integers(stride)],
      [.tensor(output, .int8)], options.map { (name: $0.0, value: $0.1) })
  }

  @Test func refusesWhatTakesNothing() {
    #expect(
      fixture(begin: [0], end: [1], stride: [0], to: [1, 3]).refusal
        == .invalidShape("the stride of index 0 is 0"))
    #expect(
      fixture(begin: [2], end: [3], stride: [1], to: [3], [("shrink_axis_mask", 1)]).refusal
        == .invalidShape("index 2 lies outside axis 0, which has 2"))
    #expect(
      fixture(begin: [0, 0, 0], end: [1, 1, 1], stride: [1, 1, 1], to: [1, 1, 1]).refusal
        == .invalidShape("3 indices for the 2 axes of 2×3"))
  }

  @Test func takesExtremeNumbers() throws {
    let backwards = fixture(begin: [0, .max], end: [.max, .min], stride: [.max, -1], to: [1, 3])
    #expect(try backwards.run([1, 2, 3, 4, 5, 6]) == [[3, 2, 1]])
    let nothing = fixture(begin: [0, 3], end: [1, 3], stride: [1, 1], to: [1, 0])
    #expect(try nothing.run([1, 2, 3, 4, 5, 6]) == [[]])
  }

  @Test func combinesEllipsisAndNewAxes() throws {
    let fixture = fixture(
      begin: [0, 0, 1], end: [0, 0, 2], stride: [1, 1, 1], to: [2, 1],
      [("ellipsis_mask", 1), ("new_axis_mask", 2), ("shrink_axis_mask", 4)])
    #expect(try fixture.run([1, 2, 3, 4, 5, 6]) == [[2, 5]])
  }
}
