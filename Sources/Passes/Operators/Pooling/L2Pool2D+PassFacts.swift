import Operators

extension L2Pool2D: PassOperator {
  static let passFacts = PassFacts.pool(
    .noKernel, versions: .first, gradient: .unwritten,
    equalization: .ends)
}
