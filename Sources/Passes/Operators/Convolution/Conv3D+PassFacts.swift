import Operators

extension Conv3D: PassOperator {
  static let passFacts = PassFacts(
    quantization: .noKernel,
    versions: .first,
    gradient: .unwritten,
    channels: .unknown,
    equalization: .ends,
    activation: .none,
    weights: .untouched(because: "no pass follows five dimensions"),
    movement: .computes)
}
