import Operators

extension Equal: PassOperator {
  static let passFacts = PassFacts.comparison(int16Version: 4)
}
