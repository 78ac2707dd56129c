import Operators

extension Reshape: PassOperator {
  static let passFacts = PassFacts.moving(
    sharing: .passage, versions: .first, gradient: .rule { CopyGradient(.whole, $0) },
    channels: .reshaping(storesShape: true), equalization: .passes, movement: .reshapes)
}
