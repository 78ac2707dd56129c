package import Passes

/// Everything that `nnopt optimize` says; renderers only format it.
package struct OptimizeReport: Sendable {
  package let path: String
  /// Where the optimized model was written; nil for a dry run.
  package let output: String?
  package let before: ModelFigures
  package let after: ModelFigures
  package let records: [PipelineRecord]
  /// What the accuracy is: of the true classes, or agreement with the original.
  package let hasLabels: Bool
  /// Bytes of the optimized file behind deflate, where weights were pruned without being removed.
  package let deflatedBytes: Int?

  package init(
    path: String, output: String?, before: ModelFigures, after: ModelFigures, records: [PipelineRecord],
    hasLabels: Bool, deflatedBytes: Int? = nil
  ) {
    self.path = path
    self.output = output
    self.before = before
    self.after = after
    self.records = records
    self.hasLabels = hasLabels
    self.deflatedBytes = deflatedBytes
  }
}
