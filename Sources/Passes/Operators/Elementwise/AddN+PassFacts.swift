import Operators

extension AddN: PassOperator {
  static let passFacts = PassFacts.arithmetic(
    .none(because: "its int8 sums start at a stored 0 instead of a real one"), versions: .first,
    gradient: .unwritten,
    activation: .none)
}
