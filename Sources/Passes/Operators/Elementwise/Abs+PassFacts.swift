import Operators

extension Abs: PassOperator {
  static let passFacts = PassFacts.function(
    .rule(.rescaling([.int8, .int16])), versions: .integers(int8: 2, int16: 3),
    gradient: .unwritten, channels: .each, equalization: .ends, activation: .none)
}
