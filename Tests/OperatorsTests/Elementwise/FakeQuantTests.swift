import GraphIR
import Operators
import Testing

@Suite struct FakeQuantTests {
  private func refusal(bits: Int64, narrow: Int64 = 0) -> String? {
    KernelFixture(
      FakeQuant.self, [.tensor([2])], [.tensor([2])], [("num_bits", bits), ("narrow_range", narrow)]
    ).refusal?.description
  }

  @Test func oddOptionsAreRefused() {
    #expect(refusal(bits: 64) == "num_bits is 64, expected 2 to 16")
    #expect(refusal(bits: 8, narrow: 1) == "it has a narrow range, which no runtime takes")
    #expect(refusal(bits: 8) == "min is 0.0 and max 0.0; they must lie on both sides of 0")
  }
}
