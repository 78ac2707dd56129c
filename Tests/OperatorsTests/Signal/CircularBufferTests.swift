import Operators
import Tensors
import Testing

@Suite struct CircularBufferTests {
  private func fixture(_ output: [Int32], period: Int?, isVariable: Bool = true) -> KernelFixture {
    var kept = KernelFixture.Operand.tensor(output, .int8)
    kept.isVariable = isVariable
    return KernelFixture(
      CircularBuffer.self, [.tensor([1, 1, output[2], output[3]], .int8)], [kept],
      customOptions: period.map { SignalFixture.options(["cycles_max": $0]) })
  }

  @Test func periodsThatDependOnOtherModelsAreRefused() {
    #expect(fixture([1, 3, 2, 96], period: 1).refusal == nil)
    #expect(fixture([1, 5, 2, 96], period: nil).refusal == nil)
    #expect(fixture([1, 3, 2, 95], period: 0).refusal == nil)
    #expect(fixture([1, 3, 2, 96], period: 0).refusal != nil)
    #expect(fixture([1, 3, 1, 1], period: 1, isVariable: false).refusal != nil)
  }
}
