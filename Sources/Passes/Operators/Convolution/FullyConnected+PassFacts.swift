import GraphIR
import Operators

extension FullyConnected: PassOperator {
  private static let operands = LayerOperands(
    kind: .dense, input: 0, filter: 1, bias: 2, channelAxis: 0, biasVersion: 1, hasAsymmetricInputs: true)

  static let passFacts = PassFacts(
    quantization: .rule(.layer([.int8, .int16], operands)),
    versions: OperatorVersions(
      int8: { node, _ in
        node.inputs.count == 2 ? 6 : node.attributes.bool("keep_num_dims") ? 5 : 4
      }, int16: { _, _ in 7 }, float16: 1, int4: 10,
      hybrid: { $1.hasScalesByChannel ? 12 : $0.hasAsymmetricInputs ? 9 : 3 }),
    gradient: .rule { ConvolutionGradient($0) },
    channels: .layer,
    equalization: .ends,
    activation: .applied,
    weights: .layer(operands),
    movement: .computes)
}
