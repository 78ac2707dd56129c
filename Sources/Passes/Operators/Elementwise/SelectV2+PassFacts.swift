import Operators

extension SelectV2: PassOperator {
  static let passFacts = PassFacts.function(
    .rule(.sharing(.all, [.int8, .int16])), versions: .first,
    gradient: .unwritten, channels: .unknown, equalization: .ends, activation: .none)
}
