import Operators

extension PadV2: PassOperator {
  static let passFacts = PassFacts.moving(
    sharing: .all, versions: .integers(int8: 2, int16: 3), gradient: .unwritten,
    channels: .padding, equalization: .ends, movement: .moves)
}
