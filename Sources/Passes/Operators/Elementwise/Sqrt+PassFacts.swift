import Operators

extension Sqrt: PassOperator {
  static let passFacts = PassFacts.opaque(gradient: .unwritten, channels: .each)
}
