/// What differs between two models, as JSON for other tools.
package struct ModelDiffJSONRenderer: Sendable {
  package init() {}

  /// One document, keys sorted, without a line break at its end.
  package func render(_ diff: ModelDiff, before: String, after: String) throws -> String {
    try JSONText.encoded(
      Document(before: before, after: after, equal: diff.isEmpty, summary: diff.sentences, changes: diff),
      as: "nnopt-diff-1")
  }

  /// The names of its keys are an interface.
  private struct Document: Encodable {
    let before: String
    let after: String
    let equal: Bool
    let summary: [String]
    let changes: ModelDiff
  }
}
