import Operators

extension Pack: PassOperator {
  static let passFacts = PassFacts.moving(
    sharing: .all, versions: .integers(int8: 2, int16: 3), gradient: .unwritten,
    channels: .unknown, equalization: .ends, movement: .moves)
}
