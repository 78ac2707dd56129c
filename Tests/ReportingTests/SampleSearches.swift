import Workflows

@testable import Passes
@testable import Reporting

/// Reports on searches, for tests of the renderers.
enum SampleSearches {
  static func figures(
    _ bytes: Int, _ top1: Double, milliseconds: Double? = nil, refusal: String? = nil
  ) -> SearchFigures {
    SearchFigures(
      ModelFigures(
        fileBytes: bytes, parameters: bytes / 2, macs: bytes * 10, peakBytes: bytes, arenaBytes: bytes / 2,
        top1: top1), milliseconds: milliseconds, refusal: refusal)
  }

  static func report(
    _ entries: [SearchState.Entry], before: SearchFigures = figures(80_000, 0.9),
    output: String? = "out.tflite",
    board: String? = nil
  ) -> SearchReport {
    var state = SearchState(fingerprint: "f", before: before)
    state.add(entries)
    return SearchReport(
      path: "models/my model.tflite", output: output, hasLabels: true, sampleCount: 5000, board: board,
      seed: 7,
      budget: 64, maximumDrop: 1, preferred: .size, state: state,
      commonOptions: "--calibrate 'my data.npy' --scale 0.5")
  }

  static func entry(
    _ percent: Int, _ figures: SearchFigures, _ precision: SearchCandidate.Precision = .int8
  ) -> SearchState.Entry {
    .init(
      SearchCandidate(percent > 0 ? [.prune(percent: percent)] : [], .init(precision)), figures: figures)
  }

  static var usual: [SearchState.Entry] {
    [
      entry(0, figures(20_000, 0.9021)), entry(30, figures(15_000, 0.895)), entry(50, figures(12_000, 0.885)),
      entry(40, figures(16_000, 0.89)), entry(70, figures(9_000, 0.5)),
      entry(0, figures(19_000, 0.9, refusal: "a hybrid model"), .dynamic),
      .init(
        SearchCandidate([.decompose(.macs, errorPermille: 10)]), refusal: "decompose: there is nothing to do"),
    ]
  }
}
