import Operators

extension SquaredDifference: PassOperator {
  static let passFacts = PassFacts.arithmetic(
    .rule(.rescaling([.int8, .int16])), versions: .integers(int8: 2, int16: 1), gradient: .unwritten,
    activation: .none)
}
