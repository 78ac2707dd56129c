import Operators

extension ArgMin: PassOperator {
  static let passFacts = PassFacts.reduction(
    .rescaling([.int8]), versions: .integers(int8: 2, int16: 1), gradient: .discrete,
    channels: .unknown)
}
