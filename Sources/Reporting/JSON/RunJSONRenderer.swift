import Execution
import GraphIR

/// A model's answers as JSON for other tools.
package struct RunJSONRenderer: Sendable {
  package init() {}

  /// One document, keys sorted, without a line break at its end.
  package func render(_ report: RunReport) throws -> String {
    let outputs = report.outputs.enumerated().map { position, value in
      let dequantizer = Dequantizer(value)
      return Output(
        name: value.name ?? "", shape: value.shape?.dimensions ?? [], type: value.elementType.description,
        values: report.results.map { result in
          (dequantizer?.floats(result[position]) ?? []).map { $0.isFinite ? $0 : nil }
        })
    }
    return try JSONText.encoded(
      Document(
        path: report.path, data: report.dataOrigin, samples: report.samples,
        preprocessing: report.preprocessing, outputs: outputs, timings: report.timings), as: "nnopt-run-1")
  }

  private struct Document: Encodable {
    let path: String
    let data: String
    let samples: Int
    let preprocessing: [String]
    let outputs: [Output]
    let timings: [RunReport.OperatorTiming]
  }

  private struct Output: Encodable {
    let name: String
    let shape: [Int]
    let type: String
    /// Real numbers by sample; null where a number is infinite or none.
    let values: [[Float?]]
  }
}
