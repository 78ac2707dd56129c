package import Datasets
package import Execution
package import GraphIR
import Tensors

/// Looks for data whose scale somebody has forgotten: pixels of 0…255 for a model of numbers near zero.
///
/// Whoever says a scale, 1 among them, is believed; so are fractions, which somebody has scaled already, and a model
/// that scales its input itself, or whose answers to the labelled samples are best with the data as they are.
package struct ScaleCheck {
  private let model: Model
  private let runner: ParallelRunner

  /// Samples whose numbers are looked at.
  static let extentSamples = 100
  /// Samples that the model is run with.
  static let evidenceSamples = 300
  /// By how much accuracy must be higher with the data as they are, to believe that they are right.
  static let clearDifference = 0.02
  /// Floats that are whole and reach so far are pixels.
  static let leastPixelMaximum: Float = 128

  package init(_ model: Model, runner: ParallelRunner = ParallelRunner()) {
    self.model = model
    self.runner = runner
  }

  /// The first input whose data are suspicious.
  ///
  /// - Parameters:
  ///   - samples: as the model would get them.
  ///   - labels: the true classes of all samples; nil where there are none.
  /// - Throws: `DataError` where the data cannot be read.
  package func suspicion(
    of samples: SampleSet, labels: Labels? = nil
  ) throws(DataError) -> ScaleSuspicion? {
    for (index, input) in samples.inputs.enumerated() {
      guard !input.isPreprocessed, !input.isUnchanged || input.portRange == nil,
        let extent = try samples.extent(ofInput: index, sampleCount: Self.extentSamples)
      else { continue }
      let expectation = InputExpectation(model, input: index)
      guard isSuspicious(input, extent, expectation) else { continue }
      var found = ScaleSuspicion(
        file: input.source.name, input: input.name, elementType: input.source.elementType, extent: extent,
        portType: input.portType, portRange: input.portRange, proposals: ScaleProposal.all(for: extent))
      sort(&found.proposals, by: input.portRange.map { .range($0) } ?? expectation)
      let evidence = ScaleEvidence(model, samples.prefix(Self.evidenceSamples), labels, runner)
      if evidence.judge(&found.proposals) { continue }
      return found
    }
    return nil
  }

  private func isSuspicious(
    _ input: SampleSet.Input, _ extent: NumberExtent, _ expectation: InputExpectation
  ) -> Bool {
    let reach = max(abs(extent.smallest), abs(extent.largest))
    if let range = input.portRange {
      return reach > 4 * max(abs(range.lowerBound), abs(range.upperBound)) && reach > 1
    }
    guard [.float32, .float16, .float64].contains(input.portType), expectation != .unscaled,
      extent.largest - extent.smallest > InputExpectation.unscaledBound
    else { return false }
    if input.source.elementType.isInteger { return input.source.elementType != .bool }
    return extent.areWhole && extent.smallest >= 0
      && (Self.leastPixelMaximum...255).contains(extent.largest)
  }

  /// Puts the proposal first whose numbers are those that the model expects.
  private func sort(_ proposals: inout [ScaleProposal], by expectation: InputExpectation) {
    guard case .range(let range) = expectation else { return }
    func distance(_ proposal: ScaleProposal) -> Float {
      abs(proposal.range.lowerBound - range.lowerBound) + abs(proposal.range.upperBound - range.upperBound)
    }
    proposals = proposals.enumerated()
      .sorted { (distance($0.element), $0.offset) < (distance($1.element), $1.offset) }.map(\.element)
    proposals[0].evidence = "the model's own range"
  }
}
