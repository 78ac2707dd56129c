import Operators

extension EmbeddingLookup: PassOperator {
  static let passFacts = PassFacts(
    quantization: .noKernel,
    versions: .first,
    gradient: .unwritten,
    channels: .unknown,
    equalization: .ends,
    activation: .none,
    weights: .untouched(because: "its rows are looked up, not multiplied"),
    movement: .moves)
}
