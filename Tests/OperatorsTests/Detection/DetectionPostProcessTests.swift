import Operators
import Tensors
import Testing

@Suite struct DetectionPostProcessTests {
  /// max_detections 2, one class a detection, num_classes 2, thresholds 0.0 and 0.5, scales 10, 10, 5, 5.
  private static let options: [UInt8] = [
    109, 97, 120, 95, 100, 101, 116, 101, 99, 116, 105, 111, 110, 115, 0, 109, 97, 120, 95, 99, 108, 97, 115,
    115,
    101, 115, 95, 112, 101, 114, 95, 100, 101, 116, 101, 99, 116, 105, 111, 110, 0, 110, 117, 109, 95, 99,
    108, 97,
    115, 115, 101, 115, 0, 110, 109, 115, 95, 115, 99, 111, 114, 101, 95, 116, 104, 114, 101, 115, 104, 111,
    108,
    100, 0, 110, 109, 115, 95, 105, 111, 117, 95, 116, 104, 114, 101, 115, 104, 111, 108, 100, 0, 121, 95,
    115, 99,
    97, 108, 101, 0, 120, 95, 115, 99, 97, 108, 101, 0, 104, 95, 115, 99, 97, 108, 101, 0, 119, 95, 115, 99,
    97,
    108, 101, 0, 9, 17, 110, 126, 54, 75, 88, 15, 32, 41, 0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0, 9, 0, 0, 0, 0, 0,
    160,
    64, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 63, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 160, 64, 0, 0, 32, 65, 0, 0, 32,
    65, 14, 6,
    6, 14, 14, 6, 14, 14, 14, 45, 38, 1,
  ]

  private func fixture(
    encodings: [Int32] = [1, 6, 4], scores: [Int32] = [1, 6, 3], anchors: [Int32] = [6, 4],
    boxes: [Int32] = [1, 2, 4], count: [Int32] = [1], type: ElementType = .float32
  ) -> RecurrentFixture {
    var fixture = RecurrentFixture()
    fixture.input(encodings, type)
    fixture.input(scores)
    fixture.input(anchors)
    fixture.output(boxes)
    fixture.output([1, 2])
    fixture.output([1, 2])
    fixture.output(count)
    return fixture
  }

  private func refusal(_ fixture: RecurrentFixture) -> KernelError? {
    fixture.refusal(DetectionPostProcess.self, customOptions: Self.options)
  }

  @Test func fittingOperandsAreTaken() {
    #expect(refusal(fixture()) == nil)
    #expect(refusal(fixture(scores: [1, 6, 2])) == nil)
    #expect(refusal(fixture(type: .uint8)) == nil)
  }

  @Test func othersAreRefused() {
    #expect(
      refusal(fixture(scores: [1, 6, 4]))
        == .invalidShape("input 1 is 1×6×4, expected 1×6×2, or one class more"))
    #expect(refusal(fixture(encodings: [2, 6, 4])) == .invalidShape("input 0 is 2×6×4, expected 1×N×4"))
    #expect(refusal(fixture(anchors: [5, 4])) == .invalidShape("input 2 is 5×4, expected 6×4"))
    #expect(refusal(fixture(boxes: [1, 1, 4]))?.description == "output 0 is 1×1×4, expected 8 elements")
    #expect(refusal(fixture(count: [0]))?.description == "output 3 is 0, expected 1 elements")
    #expect(
      refusal(fixture(type: .int32))
        == .unsupportedType("input 0 is int32, expected float32, uint8 or int8"))
    #expect(
      fixture().refusal(DetectionPostProcess.self)
        == .unsupported("its custom options are not a FlexBuffers map"))
  }
}
