import Passes

@testable import Workflows

/// Figures and states for tests of the search.
enum SampleSearch {
  static func figures(
    bytes: Int = 100, arena: Int = 100, macs: Int = 100, top1: Double? = 0.9, milliseconds: Double? = nil,
    refusal: String? = nil
  ) -> SearchFigures {
    SearchFigures(
      ModelFigures(
        fileBytes: bytes, parameters: 1, macs: macs, peakBytes: 1, arenaBytes: arena, top1: top1),
      milliseconds: milliseconds, refusal: refusal)
  }

  /// A model pruned by some percent and quantized.
  static func pruned(_ percent: Int, _ precision: SearchCandidate.Precision? = .int8) -> SearchCandidate {
    SearchCandidate(
      percent > 0 ? [.prune(percent: percent)] : [], precision.map { SearchCandidate.Quantization($0) })
  }

  static func state(_ entries: [SearchState.Entry] = []) -> SearchState {
    var state = SearchState(fingerprint: "f", before: figures(bytes: 400))
    state.add(entries)
    return state
  }
}
