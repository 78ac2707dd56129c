import Operators

extension Conv2D: PassOperator {
  private static let operands = LayerOperands(
    kind: .convolution, input: 0, filter: 1, bias: 2, channelAxis: 0, biasVersion: 1,
    hasAsymmetricInputs: false)

  static let passFacts = PassFacts(
    quantization: .rule(.layer([.int8, .int16], operands)),
    versions: OperatorVersions(
      int8: { _, _ in 3 }, int16: { _, _ in 4 }, float16: 1, int4: 7,
      hybrid: { $1.hasScalesByChannel ? 5 : 2 }),
    gradient: .rule { ConvolutionGradient($0) },
    channels: .layer,
    equalization: .ends,
    activation: .applied,
    weights: .layer(operands),
    movement: .computes)
}
