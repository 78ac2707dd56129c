import Operators

extension GatherND: PassOperator {
  static let passFacts = PassFacts.moving(
    sharing: .passage, versions: .integers(int8: 1, int16: 3), gradient: .unwritten,
    channels: .unknown, equalization: .ends, movement: .moves)
}
