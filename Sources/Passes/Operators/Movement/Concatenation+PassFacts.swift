import Operators

extension Concatenation: PassOperator {
  static let passFacts = PassFacts(
    quantization: .rule(.sharing(.all, [.int8, .int16])),
    versions: .integers(int8: 2, int16: 3),
    gradient: .rule { CopyGradient(.joining, $0) },
    channels: .joining,
    equalization: .ends,
    activation: .ignored(because: "no runtime applies an activation that is fused into CONCATENATION"),
    weights: .none,
    movement: .moves)
}
