import Operators

extension Cast: PassOperator {
  static let passFacts = PassFacts(
    quantization: .noKernel, versions: .integers(int8: 2, int16: 3), gradient: .unwritten, channels: .unknown,
    equalization: .ends, activation: .none, weights: .none, movement: .computes)
}
