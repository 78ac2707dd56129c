import Operators

extension SignalDelay: PassOperator {
  static let passFacts = PassFacts.opaque(gradient: .unwritten, channels: .unknown)
}
