import Operators

extension Exp: PassOperator {
  static let passFacts = PassFacts.opaque(gradient: .unwritten, channels: .each)
}
