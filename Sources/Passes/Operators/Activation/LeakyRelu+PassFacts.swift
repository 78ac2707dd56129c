import Operators

extension LeakyRelu: PassOperator {
  static let passFacts = PassFacts.function(
    .rule(.rescaling([.int8, .int16])), versions: .integers(int8: 1, int16: 2),
    gradient: .rule { PointwiseGradient(.leaky, $0) }, channels: .each, equalization: .passes,
    activation: .none)
}
