import Operators

extension Densify: PassOperator {
  static let passFacts = PassFacts(
    quantization: .noKernel,
    versions: .first,
    gradient: .integers,
    channels: .unknown,
    equalization: .ends,
    activation: .none,
    weights: .none,
    movement: .moves)
}
