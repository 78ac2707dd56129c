import Operators

extension SignalWindow: PassOperator {
  static let passFacts = PassFacts.opaque(gradient: .unwritten, channels: .unknown)
}
