import Operators

extension Neg: PassOperator {
  static let passFacts = PassFacts.opaque(gradient: .unwritten, channels: .each)
}
