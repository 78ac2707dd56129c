import Operators

extension ReduceAny: PassOperator {
  static let passFacts = PassFacts.opaque(gradient: .discrete, channels: .unknown)
}
