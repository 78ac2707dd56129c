/// What a comparison of two models over samples found.
package struct ComparisonResult: Sendable, Equatable {
  package let samples: Int
  package let reference: Accuracy
  package let candidate: Accuracy
  /// The share of samples for which both models find the same class best; nil for models whose first
  /// output is not one list of scores.
  package let agreement: Double?
  package let outputs: [Tensor]
  /// Tensors that both models compute under the same name, in the reference's order.
  package let layers: [Tensor]

  /// How often a model is right; nil without labels, top 5 also with five classes or fewer.
  package struct Accuracy: Sendable, Equatable {
    package let top1: Double?
    package let top5: Double?

    package init(top1: Double?, top5: Double?) {
      self.top1 = top1
      self.top5 = top5
    }
  }

  /// One tensor of both models.
  package struct Tensor: Sendable, Equatable {
    package let name: String
    /// The operators that compute it, such as `CONV_2D`; empty for outputs that are inputs.
    package let referenceOperator: String
    package let candidateOperator: String
    package let difference: SignalDifference
  }
}

extension ComparisonResult: Encodable {
  private enum Key: String, CodingKey {
    case samples, reference, candidate, agreement, outputs, layers
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(samples, forKey: .samples)
    try container.encode(reference, forKey: .reference)
    try container.encode(candidate, forKey: .candidate)
    try container.encode(agreement, forKey: .agreement)
    try container.encode(outputs, forKey: .outputs)
    try container.encode(layers, forKey: .layers)
  }
}

extension ComparisonResult.Accuracy: Encodable {
  private enum Key: String, CodingKey {
    case top1, top5
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(top1, forKey: .top1)
    try container.encode(top5, forKey: .top5)
  }
}

extension ComparisonResult.Tensor: Encodable {
  private enum Key: String, CodingKey {
    case name, sqnrDb, maxDifference, differingBytes
  }

  /// Numbers that JSON cannot write are null: the SQNR of equal tensors, infinite differences.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encode(difference.sqnrDb.isFinite ? difference.sqnrDb : nil, forKey: .sqnrDb)
    try container.encode(
      difference.maxDifference.isFinite ? difference.maxDifference : nil, forKey: .maxDifference)
    try container.encode(difference.differingBytes, forKey: .differingBytes)
  }
}
