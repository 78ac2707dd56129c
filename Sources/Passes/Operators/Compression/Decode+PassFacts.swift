import Operators

extension Decode: PassOperator {
  static let passFacts = PassFacts.opaque(gradient: .integers, channels: .unknown)
}
