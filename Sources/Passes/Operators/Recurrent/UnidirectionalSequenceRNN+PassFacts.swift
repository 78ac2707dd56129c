import Operators

extension UnidirectionalSequenceRNN: PassOperator {
  static let passFacts = PassFacts(
    quantization: .noKernel,
    versions: OperatorVersions(
      int8: { _, _ in 1 }, int16: { _, _ in 1 }, float16: 1,
      hybrid: { node, _ in node.hasAsymmetricInputs ? 3 : 2 }),
    gradient: .none(because: "its state lasts from step to step"),
    channels: .unknown,
    equalization: .ends,
    activation: .none,
    weights: .untouched(because: "TFLM has no kernel for it"),
    movement: .computes)
}
