package import Workflows

/// Reports as JSON for other tools.
package struct PlanJSONRenderer: Sendable {
  package init() {}

  /// One document for all models, keys sorted, without a line break at its end.
  ///
  /// - Parameter failures: models that could not be planned; they are listed apart.
  package func render(_ reports: [PlanReport], failures: [PlanFailure] = []) throws -> String {
    let failed = failures.map { PlanDocument.Failure(path: $0.path, message: $0.message) }
    return try JSONText.encoded(
      PlanDocument(
        models: reports.map(PlanDocument.Entry.init), failures: failed.isEmpty ? nil : failed))
  }
}
