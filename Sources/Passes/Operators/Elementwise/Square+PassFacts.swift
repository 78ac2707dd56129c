import Operators

extension Square: PassOperator {
  static let passFacts = PassFacts.opaque(gradient: .unwritten, channels: .each)
}
