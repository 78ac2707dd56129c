import Operators

extension ReverseV2: PassOperator {
  static let passFacts = PassFacts.moving(
    sharing: .passage, versions: .integers(int8: 3, int16: 1), gradient: .unwritten,
    channels: .unknown, equalization: .ends, movement: .moves)
}
