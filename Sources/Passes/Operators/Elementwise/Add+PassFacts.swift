import Operators

extension Add: PassOperator {
  static let passFacts = PassFacts.arithmetic(
    .rule(.arithmetic([.int8, .int16], clearedInt16Options: ["pot_scale_int16"])),
    versions: .integers(int8: 2, int16: 3), gradient: .rule { BinaryGradient(.add, $0) },
    activation: .applied)
}
