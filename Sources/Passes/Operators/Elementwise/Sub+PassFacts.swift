import Operators

extension Sub: PassOperator {
  static let passFacts = PassFacts.arithmetic(
    .rule(.arithmetic([.int8, .int16], clearedInt16Options: ["pot_scale_int16"])),
    versions: .integers(int8: 2, int16: 5), gradient: .rule { BinaryGradient(.sub, $0) },
    activation: .applied)
}
