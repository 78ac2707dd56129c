import Operators

extension Maximum: PassOperator {
  static let passFacts = PassFacts.arithmetic(
    .rule(.sharing(.all, [.int8, .int16])), versions: .integers(int8: 2, int16: 4), gradient: .unwritten,
    activation: .none)
}
