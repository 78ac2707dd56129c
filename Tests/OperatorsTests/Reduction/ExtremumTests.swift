import Operators
import Testing

@Suite struct ExtremumTests {
  @Test func refusesToRescale() {
    let fixture = KernelFixture(
      ReduceMax.self, [.tensor([2], .int8).quantized(1), .integers([0])], [.tensor([], .int8).quantized(2)])
    #expect(
      fixture.refusal
        == .unsupported("input 0 and output 0 have different quantization; the kernels do not rescale"))
  }
}
