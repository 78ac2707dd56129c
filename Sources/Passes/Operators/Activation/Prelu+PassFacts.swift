import Operators

extension Prelu: PassOperator {
  static let passFacts = PassFacts.arithmetic(
    .rule(.rescaling([.int8])), versions: .first, gradient: .unwritten,
    activation: .none)
}
