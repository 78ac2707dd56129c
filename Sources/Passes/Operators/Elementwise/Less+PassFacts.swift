import Operators

extension Less: PassOperator {
  static let passFacts = PassFacts.comparison(int16Version: 1)
}
