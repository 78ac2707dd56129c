package import Boards
import Firmware
package import GraphIR
import Passes
package import Runtimes

/// Measures the candidates of a search: what `ModelGauge` measures, the estimated time, and whether TFLM runs them
/// rightly.
package struct SearchGauge: Sendable {
  private let gauge: ModelGauge
  private let cost: CostModel?
  private let target: Target?

  /// The build of TFLM that is to run the result.
  package struct Target: Sendable {
    package let tflm: TFLMTarget
    /// The board's; nil without one.
    package let processor: Processor?

    package init(_ tflm: TFLMTarget, processor: Processor?) {
      self.tflm = tflm
      self.processor = processor
    }
  }

  /// - Parameters:
  ///   - cost: nil where no board is given.
  ///   - target: nil where what TFLM refuses does not matter.
  package init(_ gauge: ModelGauge, cost: CostModel?, target: Target?) {
    self.gauge = gauge
    self.cost = cost
    self.target = target
  }

  /// - Throws: where the model cannot be planned or run, or the data do not fit it.
  package func figures(of model: Model, threadCount: Int? = nil) throws -> SearchFigures {
    let verdict = target.map { TFLMVerdict(model, on: $0.tflm, processor: $0.processor) }
    return SearchFigures(
      try gauge.figures(of: model, threadCount: threadCount),
      milliseconds: cost?.estimate(model).estimate?.milliseconds.best,
      refusal: verdict?.obstacle?.clause)
  }
}
