import Operators

extension Dequantize: PassOperator {
  static let passFacts = PassFacts(
    quantization: .noKernel,
    versions: OperatorVersions(int8: { _, _ in 2 }, int16: { _, _ in 3 }, float16: 3, hybrid: nil),
    gradient: .integers,
    channels: .unknown,
    equalization: .ends,
    activation: .none,
    weights: .none,
    movement: .computes)
}
