/// What is in a model, as JSON for other tools.
package struct InspectJSONRenderer: Sendable {
  package init() {}

  /// One document, keys sorted, without a line break at its end.
  package func render(_ report: InspectReport) throws -> String {
    try JSONText.encoded(report, as: "nnopt-inspect-1")
  }
}
