import Operators
import Tensors
import Testing

@Suite struct UnidirectionalSequenceRNNTests {
  private func fixture(weights: ElementType = .float32, input: [Int32] = [2, 4, 5]) -> RecurrentFixture {
    var fixture = RecurrentFixture()
    fixture.input(input)
    fixture.input([3, 5], weights)
    fixture.input([3, 3], weights)
    fixture.input([3])
    fixture.input([2, 3], isVariable: true)
    fixture.output([2, 4, 3])
    return fixture
  }

  @Test func fittingOperandsAreTaken() {
    #expect(fixture().refusal(UnidirectionalSequenceRNN.self) == nil)
    #expect(fixture(weights: .int8).refusal(UnidirectionalSequenceRNN.self) == nil)
  }

  @Test func othersAreRefused() {
    #expect(
      fixture(weights: .int16).refusal(UnidirectionalSequenceRNN.self)
        == .unsupportedType("input 1 is int16, expected float32 or int8"))
    #expect(
      fixture(input: [2, 0, 5]).refusal(UnidirectionalSequenceRNN.self)
        == .invalidShape("input 0 is 2×0×5 and the state 2×3, neither may be empty"))
    #expect(
      fixture().refusal(UnidirectionalSequenceRNN.self, [("time_major", 1)])
        == .invalidShape("input 4 is 2×3, expected 12 elements"))
    #expect(fixture().refusal(UnidirectionalSequenceRNN.self, [("fused_activation_function", 9)]) == nil)
  }
}
