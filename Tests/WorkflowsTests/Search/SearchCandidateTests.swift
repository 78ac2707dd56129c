import Testing

@testable import Workflows

@Suite struct SearchCandidateTests {
  @Test func optionsSayEverySetting() {
    #expect(SearchCandidate().options.isEmpty)
    var quantization = SearchCandidate.Quantization(.int8, hasFloatPorts: true)
    quantization.ranges = .best
    quantization.isPerChannelDense = true
    quantization.equalizes = false
    quantization.roundsTogether = true
    quantization.precisePercent = 10
    quantization.samples = 1000
    let candidate = SearchCandidate(
      [.decompose(.bytes, errorPermille: 30), .prune(percent: 8)], quantization)
    #expect(
      candidate.key
        == "--decompose bytes:3% --prune channels:8% --quantize int8 --io float32 --ranges best "
        + "--per-channel-dense --no-equalization --rounding adaptive --keep-precise 10% --calibration-samples 1000"
    )
    #expect(candidate.prunePercent == 8)
  }

  @Test func orderIsSaid() {
    let thin = SearchCandidate.Preparation.decompose(.macs, errorPermille: 10)
    let first = SearchCandidate([.prune(percent: 30), thin])
    #expect(first.key == "--prune channels:30% --decompose macs:1% --prune-first")
    #expect(
      SearchCandidate([.decompose(.bytes, errorPermille: 3)]).key == "--decompose bytes:0.3%")
    #expect(SearchCandidate([thin, .prune(percent: 30)]).key == "--decompose macs:1% --prune channels:30%")
  }

  @Test func weightsAloneHaveNoPorts() {
    #expect(SearchCandidate([], .init(.float16, hasFloatPorts: true)).key == "--quantize float16")
  }

  @Test func strangeSettingsAreInvalid() {
    #expect(SearchCandidate([.prune(percent: 30)]).isValid)
    #expect(!SearchCandidate([.prune(percent: 0)]).isValid)
    #expect(!SearchCandidate([.prune(percent: 100)]).isValid)
    #expect(!SearchCandidate([.prune(percent: 30), .prune(percent: 20)]).isValid)
    #expect(!SearchCandidate([.decompose(.macs, errorPermille: -1)]).isValid)
    var quantization = SearchCandidate.Quantization(.int8)
    quantization.samples = 0
    #expect(!SearchCandidate([], quantization).isValid)
    var wide = SearchCandidate.Quantization(.int16x8)
    wide.precisePercent = 10
    #expect(!SearchCandidate([], wide).isValid)
  }
}
