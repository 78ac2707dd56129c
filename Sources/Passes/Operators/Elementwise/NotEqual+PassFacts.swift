import Operators

extension NotEqual: PassOperator {
  static let passFacts = PassFacts.comparison(int16Version: 1)
}
