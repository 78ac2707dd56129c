import Operators

extension Select: PassOperator {
  static let passFacts = PassFacts.function(
    .rule(.sharing(.all, [.int8, .int16])), versions: .integers(int8: 2, int16: 1),
    gradient: .unwritten, channels: .unknown, equalization: .ends, activation: .none)
}
