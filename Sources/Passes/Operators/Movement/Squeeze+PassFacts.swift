import Operators

extension Squeeze: PassOperator {
  static let passFacts = PassFacts.moving(
    sharing: .passage, versions: .first, gradient: .rule { CopyGradient(.whole, $0) },
    channels: .reshaping(storesShape: false), equalization: .ends, movement: .reshapes)
}
