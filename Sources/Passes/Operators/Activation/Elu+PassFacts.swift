import Operators

extension Elu: PassOperator {
  static let passFacts = PassFacts.function(
    .rule(.rescaling([.int8])), versions: .first,
    gradient: .unwritten, channels: .each, equalization: .ends, activation: .none)
}
