import Operators

extension CumSum: PassOperator {
  static let passFacts = PassFacts(
    quantization: .none(because: "its int8 sums start at a stored 0 instead of a real one"),
    versions: .first,
    gradient: .unwritten,
    channels: .unknown,
    equalization: .ends,
    activation: .none,
    weights: .none,
    movement: .computes)
}
