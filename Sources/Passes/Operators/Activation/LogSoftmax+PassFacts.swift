import Operators

extension LogSoftmax: PassOperator {
  static let passFacts = PassFacts.function(
    .rule(.function([.int8], fixedOutput: .logarithm, saturation: nil)),
    versions: .integers(int8: 2, int16: 1),
    gradient: .unwritten, channels: .none(because: "which sums over the channels"), equalization: .ends,
    activation: .none)
}
