import Operators

extension TopKV2: PassOperator {
  static let passFacts = PassFacts.moving(
    sharing: .passage, versions: .integers(int8: 2, int16: 3), gradient: .unwritten,
    channels: .unknown, equalization: .ends, movement: .moves)
}
