import Firmware
package import GraphIR
import Passes
package import Runtimes

/// Measures the candidates of a search: what `ModelGauge` measures, the estimated time, and whether TFLM runs them.
package struct SearchGauge: Sendable {
  private let gauge: ModelGauge
  private let cost: CostModel?
  private let isForTFLM: Bool

  /// - Parameters:
  ///   - cost: nil where no board is given.
  ///   - isForTFLM: whether what TFLM refuses matters.
  package init(_ gauge: ModelGauge, cost: CostModel?, isForTFLM: Bool) {
    self.gauge = gauge
    self.cost = cost
    self.isForTFLM = isForTFLM
  }

  /// - Throws: where the model cannot be planned or run, or the data do not fit it.
  package func figures(of model: Model, threadCount: Int? = nil) throws -> SearchFigures {
    let warnings = isForTFLM ? CompatibilityCheck.warnings(for: model) : []
    return SearchFigures(
      try gauge.figures(of: model, threadCount: threadCount),
      milliseconds: cost?.estimate(model).estimate?.milliseconds.best,
      refusal: warnings.first(where: \.isRefusal)?.problem)
  }
}
