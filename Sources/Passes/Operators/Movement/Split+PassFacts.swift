import Operators

extension Split: PassOperator {
  static let passFacts = PassFacts.moving(
    sharing: .passage, versions: .integers(int8: 2, int16: 4), gradient: .unwritten,
    channels: .unknown, equalization: .ends, movement: .moves)
}
