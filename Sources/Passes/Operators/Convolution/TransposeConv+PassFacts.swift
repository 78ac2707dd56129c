import GraphIR
import Operators

extension TransposeConv: PassOperator {
  private static let operands = LayerOperands(
    kind: .transposed, input: 2, filter: 1, bias: 3, channelAxis: 0, biasVersion: 3,
    hasAsymmetricInputs: false)

  static let passFacts = PassFacts(
    quantization: .rule(.layer([.int8, .int16], operands)),
    versions: OperatorVersions(
      int8: { node, _ in
        if node.attributes.integer("fused_activation_function") != 0 { return 4 }
        return node.inputs.count == 4 ? 3 : 2
      }, int16: { _, _ in 3 }, float16: 1, hybrid: nil),
    gradient: .unwritten,
    channels: .unknown,
    equalization: .ends,
    activation: .none,
    weights: .layer(operands),
    movement: .computes)
}
