import Operators

extension ReluN1To1: PassOperator {
  static let passFacts = PassFacts.function(
    .noKernel, versions: .first,
    gradient: .rule { PointwiseGradient(.clamp(-1...1), $0) }, channels: .each, equalization: .ends,
    activation: .fusible(.reluN1To1))
}
