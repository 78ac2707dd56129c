import Operators

extension Relu6: PassOperator {
  static let passFacts = PassFacts.function(
    .rule(
      QuantizationRule(
        types: [.int8, .int16], sharing: .passage, fixedOutput: .none, saturation: 0...6,
        clearedInt16Options: [], refusal: { _, _ in nil })), versions: .integers(int8: 2, int16: 3),
    gradient: .rule { PointwiseGradient(.clamp(0...6), $0) }, channels: .each, equalization: .ends,
    activation: .fusible(.relu6))
}
