import Operators

extension ReduceAll: PassOperator {
  static let passFacts = PassFacts.opaque(gradient: .discrete, channels: .unknown)
}
