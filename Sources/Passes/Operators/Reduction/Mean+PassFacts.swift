import Operators

extension Mean: PassOperator {
  static let passFacts = PassFacts.reduction(
    .rescaling([.int8, .int16]), versions: .integers(int8: 2, int16: 3),
    gradient: .rule { ReductionGradient(isMean: true, $0) },
    channels: .reduction)
}
