import Operators

extension GreaterEqual: PassOperator {
  static let passFacts = PassFacts.comparison(int16Version: 1)
}
