import Operators

extension SignalFilterBankSquareRoot: PassOperator {
  static let passFacts = PassFacts.opaque(gradient: .unwritten, channels: .unknown)
}
