import GraphIR
import Tensors
import Testing

@testable import Runtimes

/// UNIDIRECTIONAL_SEQUENCE_LSTM: one kernel for each type of activations, whatever the weights are.
@Suite struct RecurrentRefusalTests {
  private func finding(activations: ElementType, weights: ElementType) -> TFLMFinding? {
    func scaled(_ tensor: SampleTensor) -> SampleTensor {
      var tensor = tensor
      if tensor.type != .float32 { (tensor.scales, tensor.zeroPoints) = ([0.5], [0]) }
      return tensor
    }
    let isFloat = activations == .float32
    let data = scaled(.of(activations, 1, 1, 2))
    let weight = scaled(.of(weights, 2, 2)).constant()
    let bias = scaled(.of(isFloat ? .float32 : activations == .int8 ? .int32 : .int64, 2)).constant()
    var hidden = scaled(.of(activations, 1, 2))
    var cell = scaled(.of(isFloat ? .float32 : .int16, 1, 2))
    (hidden.isVariable, cell.isVariable) = (true, true)
    let absent = [SampleTensor?](repeating: nil, count: 3)
    let weighted = [SampleTensor?](repeating: weight, count: 8)
    let biases = [SampleTensor?](repeating: bias, count: 4)
    let inputs =
      [data] + weighted + absent + biases + absent.prefix(2) + [hidden, cell] + absent + absent.prefix(1)
    return RefusalSamples.finding(.unidirectionalSequenceLSTM, inputs, [data], [:])
  }

  @Test(arguments: [(ElementType.float32, ElementType.float32), (.int8, .int8), (.int16, .int8)])
  func weightsOfTheKernelsTypeAreRead(activations: ElementType, weights: ElementType) {
    #expect(finding(activations: activations, weights: weights) == nil)
  }

  @Test(arguments: [
    (ElementType.float32, ElementType.int8), (.float32, .float16), (.int8, .int16), (.int16, .int16),
  ])
  func weightsOfAnotherTypeAreMisreadAndNotRefused(activations: ElementType, weights: ElementType) {
    let finding = finding(activations: activations, weights: weights)
    #expect(finding?.severity == .wrongAnswers)
    #expect(finding?.kind == .types)
    #expect(finding?.problem.contains("\(weights)") == true)
  }

  /// What is compared beside the input is the cell's state: to call it weights would be wrong.
  @Test func theStateIsNotTakenForWeights() {
    #expect(TFLMOperator[OperatorCode(.unidirectionalSequenceLSTM)]?.types.isLayer == false)
  }
}
