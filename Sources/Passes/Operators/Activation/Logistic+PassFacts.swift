import Operators

extension Logistic: PassOperator {
  static let passFacts = PassFacts.function(
    .rule(.function([.int8, .int16], fixedOutput: .unit, saturation: -8...8)),
    versions: .integers(int8: 2, int16: 3),
    gradient: .answer(form: { _, _ in .chances }, elsewhere: { PointwiseGradient(.logistic, $0) }),
    channels: .each, equalization: .ends,
    activation: .none)
}
