import Operators

extension Relu0To1: PassOperator {
  static let passFacts = PassFacts.function(
    .noKernel, versions: .first,
    gradient: .rule { PointwiseGradient(.clamp(0...1), $0) }, channels: .each, equalization: .ends,
    activation: .none)
}
