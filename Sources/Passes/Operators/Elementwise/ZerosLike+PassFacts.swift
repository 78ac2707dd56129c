import Operators

extension ZerosLike: PassOperator {
  static let passFacts = PassFacts.opaque(gradient: .discrete, channels: .unknown)
}
