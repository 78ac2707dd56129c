import Operators

extension BroadcastTo: PassOperator {
  static let passFacts = PassFacts.moving(
    sharing: .passage, versions: .integers(int8: 3, int16: 3), gradient: .unwritten,
    channels: .unknown, equalization: .ends, movement: .moves)
}
