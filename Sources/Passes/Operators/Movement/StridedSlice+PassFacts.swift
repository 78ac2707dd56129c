import Operators

extension StridedSlice: PassOperator {
  static let passFacts = PassFacts.moving(
    sharing: .passage, versions: .integers(int8: 2, int16: 1), gradient: .unwritten,
    channels: .unknown, equalization: .ends, movement: .moves)
}
