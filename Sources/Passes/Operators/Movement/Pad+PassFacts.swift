import Operators

extension Pad: PassOperator {
  static let passFacts = PassFacts.moving(
    sharing: .passage, versions: .integers(int8: 2, int16: 3), gradient: .rule { CopyGradient(.padding, $0) },
    channels: .padding, equalization: .passes, movement: .moves)
}
