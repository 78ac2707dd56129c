import Operators

extension DepthwiseConv2D: PassOperator {
  private static let operands = LayerOperands(
    kind: .depthwise, input: 0, filter: 1, bias: 2, channelAxis: 3, biasVersion: 1, hasAsymmetricInputs: false
  )

  static let passFacts = PassFacts(
    quantization: .rule(.layer([.int8, .int16], operands)),
    versions: OperatorVersions(
      int8: { _, _ in 3 }, int16: { _, _ in 5 }, float16: 1, int4: 7,
      hybrid: { $1.hasScalesByChannel ? 6 : 4 }),
    gradient: .rule { DepthwiseGradient($0) },
    channels: .layer,
    equalization: .ends,
    activation: .applied,
    weights: .layer(operands),
    movement: .computes)
}
