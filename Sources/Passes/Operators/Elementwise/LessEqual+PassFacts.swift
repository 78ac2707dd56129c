import Operators

extension LessEqual: PassOperator {
  static let passFacts = PassFacts.comparison(int16Version: 1)
}
