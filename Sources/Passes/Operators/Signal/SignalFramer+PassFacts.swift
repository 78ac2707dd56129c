import Operators

extension SignalFramer: PassOperator {
  static let passFacts = PassFacts.opaque(gradient: .unwritten, channels: .unknown)
}
