import Operators

extension Gelu: PassOperator {
  static let passFacts = PassFacts.function(
    .none(because: "TFLM has no kernel for it"), versions: .integers(int8: 2, int16: 2),
    gradient: .unwritten, channels: .each, equalization: .ends, activation: .none)
}
