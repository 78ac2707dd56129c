import Operators

extension Greater: PassOperator {
  static let passFacts = PassFacts.comparison(int16Version: 1)
}
