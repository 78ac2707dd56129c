import Operators

extension Rank: PassOperator {
  static let passFacts = PassFacts.moving(
    sharing: .none, versions: .first, gradient: .discrete,
    channels: .unknown, equalization: .ends, movement: .moves)
}
