import Execution

/// A comparison of two models as JSON for other tools.
package struct CheckJSONRenderer: Sendable {
  package init() {}

  /// One document, keys sorted, without a line break at its end.
  package func render(_ report: CheckReport) throws -> String {
    try JSONText.encoded(Document(report: report), as: "nnopt-check-1")
  }

  /// The comparison's own keys, and beside them where it came from.
  private struct Document: Encodable {
    let report: CheckReport

    private enum Key: String, CodingKey {
      case referencePath, candidatePath, data, preprocessing, layerSamples, dropPoints, maxDropPoints
    }

    func encode(to encoder: any Encoder) throws {
      try report.result.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(report.reference, forKey: .referencePath)
      try container.encode(report.candidate, forKey: .candidatePath)
      try container.encode(report.dataOrigin, forKey: .data)
      try container.encode(report.preprocessing, forKey: .preprocessing)
      try container.encode(report.layerSamples, forKey: .layerSamples)
      try container.encode(report.drop, forKey: .dropPoints)
      try container.encodeIfPresent(report.maximumDrop, forKey: .maxDropPoints)
    }
  }
}
