import Operators

extension ScatterND: PassOperator {
  static let passFacts = PassFacts.moving(
    sharing: .all, versions: .first, gradient: .unwritten,
    channels: .unknown, equalization: .ends, movement: .moves)
}
