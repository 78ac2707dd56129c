import Operators

extension Tanh: PassOperator {
  static let passFacts = PassFacts.function(
    .rule(.function([.int8, .int16], fixedOutput: .signedUnit, saturation: -4...4)),
    versions: .integers(int8: 2, int16: 3),
    gradient: .rule { PointwiseGradient(.tanh, $0) }, channels: .each, equalization: .ends, activation: .none)
}
