import Operators

extension Sum: PassOperator {
  static let passFacts = PassFacts.reduction(
    .rescaling([.int8, .int16]), versions: .integers(int8: 2, int16: 1),
    gradient: .rule { ReductionGradient(isMean: false, $0) },
    channels: .reduction)
}
