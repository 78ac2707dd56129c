import Operators

extension LogicalNot: PassOperator {
  static let passFacts = PassFacts.opaque(gradient: .discrete, channels: .unknown)
}
