import Operators

extension ReduceMin: PassOperator {
  static let passFacts = PassFacts.reduction(
    .sharing(.passage, [.int8, .int16]), versions: .integers(int8: 2, int16: 3), gradient: .unwritten,
    channels: .reduction)
}
