package import Workflows

/// Reports as JSON for other tools.
package struct PlanJSONRenderer: Sendable {
  package init() {}

  /// One document for all models, keys sorted, without a line break at its end.
  ///
  /// - Parameters:
  ///   - failures: models that could not be planned; they are listed apart.
  ///   - sharedArena: one arena for all models; nil where that was not asked.
  package func render(
    _ reports: [PlanReport], failures: [PlanFailure] = [], sharedArena: SharedArena? = nil
  ) throws -> String {
    let failed = failures.map { PlanDocument.Failure(path: $0.path, message: $0.message) }
    return try JSONText.encoded(
      PlanDocument(
        models: reports.map(PlanDocument.Entry.init), failures: failed,
        sharedArena: sharedArena.flatMap { shared in
          reports.first.map { PlanDocument.SharedArena(shared, $0.bounds) }
        }), as: "nnopt-plan-1")
  }
}
