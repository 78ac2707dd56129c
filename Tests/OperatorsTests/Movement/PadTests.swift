import Operators
import Testing

@Suite struct PadTests {
  @Test func refusesPaddingsThatDoNotFit() {
    let few = KernelFixture(Pad.self, [.tensor([2, 2]), .integers([1, 1], [1, 2])], [.tensor([4, 2])])
    #expect(few.refusal == .invalidShape("input 1 has 2 elements; 2 axes take 4"))
    let negative = KernelFixture(Pad.self, [.tensor([2]), .integers([-1, 1], [1, 2])], [.tensor([2])])
    #expect(negative.refusal == .invalidShape("the paddings [-1, 1] must not be negative"))
    let shape = KernelFixture(Pad.self, [.tensor([2]), .integers([1, 1], [1, 2])], [.tensor([5])])
    #expect(shape.refusal?.description == "output 0 is declared 5, but the operator gives 4")
    let packed = KernelFixture(
      Pad.self, [.tensor([2], .int4), .integers([1, 1], [1, 2])], [.tensor([4], .int4)])
    #expect(packed.refusal == .unsupportedType("input 0 is int4; the operator moves elements of whole bytes"))
  }

  @Test func checksComputedPaddingsInEveryRun() throws {
    let fixture = KernelFixture(
      Pad.self, [.tensor([2], .int8), .tensor([1, 2], .int32)], [.tensor([3], .int8).quantized(1, 7)])
    #expect(try fixture.run([1, 2], [0, 0, 0, 0, 1, 0, 0, 0]) == [[1, 2, 7]])
    let reason = "output 0 is declared 3, but the operator gives 4"
    #expect(throws: KernelError.wrongOutput(0, gives: [4], reason: reason)) {
      try fixture.run([1, 2], [1, 0, 0, 0, 1, 0, 0, 0])
    }
  }
}
