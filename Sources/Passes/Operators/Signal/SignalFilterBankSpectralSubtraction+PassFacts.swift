import Operators

extension SignalFilterBankSpectralSubtraction: PassOperator {
  static let passFacts = PassFacts.opaque(gradient: .unwritten, channels: .unknown)
}
