import Operators

extension BatchMatMul: PassOperator {
  static let passFacts = PassFacts(
    quantization: .rule(.rescaling([.int8, .int16])),
    versions: OperatorVersions(
      int8: { _, _ in 2 }, int16: { _, _ in 3 }, float16: 1,
      hybrid: { node, _ in node.hasAsymmetricInputs ? 4 : 1 }),
    gradient: .unwritten,
    channels: .unknown,
    equalization: .ends,
    activation: .none,
    weights: .none,
    movement: .computes)
}
