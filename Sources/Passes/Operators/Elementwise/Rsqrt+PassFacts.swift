import Operators

extension Rsqrt: PassOperator {
  static let passFacts = PassFacts(
    quantization: .rule(.rescaling([.int8])),
    versions: .integers(int8: 2, int16: 1),
    gradient: .unwritten,
    channels: .each,
    equalization: .ends,
    activation: .none,
    weights: .none,
    movement: .computes)
}
