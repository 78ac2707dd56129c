import Operators

extension Relu: PassOperator {
  static let passFacts = PassFacts.function(
    .rule(.function([.int8, .int16], fixedOutput: .none, saturation: 0...Float.greatestFiniteMagnitude)),
    versions: .integers(int8: 2, int16: 3),
    gradient: .rule { PointwiseGradient(.clamp(0...Float.greatestFiniteMagnitude), $0) }, channels: .each,
    equalization: .passes, activation: .fusible(.relu))
}
