import Operators

extension FloorMod: PassOperator {
  static let passFacts = PassFacts.opaque(gradient: .discrete, channels: .unknown)
}
