import Operators

extension Transpose: PassOperator {
  static let passFacts = PassFacts.moving(
    sharing: .passage, versions: .integers(int8: 2, int16: 5), gradient: .unwritten,
    channels: .unknown, equalization: .ends, movement: .moves)
}
