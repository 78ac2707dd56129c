import Operators

extension SignalOverlapAdd: PassOperator {
  static let passFacts = PassFacts.opaque(gradient: .unwritten, channels: .unknown)
}
