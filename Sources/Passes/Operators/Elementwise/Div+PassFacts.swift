import Operators

extension Div: PassOperator {
  static let passFacts = PassFacts.arithmetic(
    .noKernel, versions: .first, gradient: .unwritten,
    activation: .applied)
}
