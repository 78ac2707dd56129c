import Operators

extension ResizeBilinear: PassOperator {
  static let passFacts = PassFacts.function(
    .rule(.sharing(.passage, [.int8])), versions: .integers(int8: 2, int16: 4),
    gradient: .unwritten, channels: .each, equalization: .ends, activation: .none)
}
