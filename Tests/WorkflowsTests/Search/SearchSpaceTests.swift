import Testing

@testable import Workflows

@Suite struct SearchSpaceTests {
  private func entry(_ candidate: SearchCandidate, bytes: Int = 100, top1: Double = 0.9) -> SearchState.Entry
  {
    .init(
      candidate, figures: SampleSearch.figures(bytes: bytes, macs: 100 - candidate.prunePercent, top1: top1))
  }

  /// The whole model at every precision, measured.
  private func whole(_ space: SearchSpace) -> SearchState {
    SampleSearch.state(space.next(99, after: SampleSearch.state()).map { entry($0) })
  }

  @Test func wholeModelComesFirst() {
    let keys = SearchSpace(seed: 1).next(99, after: SampleSearch.state()).map(\.key)
    #expect(
      keys == [
        "", "--quantize int8", "--quantize int16x8", "--quantize dynamic", "--quantize float16",
        "--quantize int8 --io float32",
      ])
    #expect(SearchSpace(seed: 1).next(2, after: SampleSearch.state()).map(\.key) == Array(keys.prefix(2)))
  }

  @Test func portsOfTheUserAreKept() {
    let space = SearchSpace(seed: 1, hasFloatPorts: true)
    let keys = space.next(99, after: SampleSearch.state()).map(\.key)
    #expect(keys.count == 5 && keys[1] == "--quantize int8 --io float32")
    #expect(
      space.next(99, after: whole(space)).allSatisfy {
        $0.quantization?.hasFloatPorts != false || $0.quantization?.precision.isInteger == false
      })
  }

  @Test func fallbackIsTriedWhereIntegersAreRefused() {
    let space = SearchSpace(seed: 1)
    let state = SampleSearch.state(
      space.next(99, after: SampleSearch.state()).map {
        $0.quantization?.precision == .int8 ? .init($0, refusal: "no") : entry($0)
      })
    #expect(space.next(99, after: state).map(\.key) == ["--quantize int8-fallback"])
  }

  @Test func seedOrdersTheGrid() {
    let state = whole(SearchSpace(seed: 1))
    let one = SearchSpace(seed: 1).next(99, after: state)
    #expect(one == SearchSpace(seed: 1).next(99, after: state))
    let other = SearchSpace(seed: 2).next(99, after: state)
    #expect(one != other)
    #expect(one.map(\.key).sorted() == other.map(\.key).sorted())
    #expect(one.contains { $0.key.contains("--prune-first") })
    #expect(one.contains { $0.preparations.count == 2 && !$0.key.contains("--prune-first") })
  }

  @Test func gridLeavesOutWhatCannotRun() {
    let space = SearchSpace(seed: 1)
    let state = SampleSearch.state(
      space.next(99, after: SampleSearch.state()).map { candidate in
        let isHybrid = candidate.quantization?.precision == .dynamic
        return .init(candidate, figures: SampleSearch.figures(refusal: isHybrid ? "hybrid" : nil))
      })
    let grid = space.next(99, after: state)
    #expect(!grid.contains { $0.quantization?.precision == .dynamic })
    #expect(grid.contains { $0.quantization?.precision == .float16 })
  }

  @Test func idleDecompositionsAreNotTriedAgain() {
    let space = SearchSpace(seed: 1)
    var state = whole(space)
    let idle = SearchCandidate([.decompose(.macs, errorPermille: 3)], .init(.int8))
    state.add([.init(idle, refusal: "there is nothing to do")])
    let grid = space.next(99, after: state)
    #expect(!grid.contains { $0.preparations.contains(.decompose(.macs, errorPermille: 3)) })
    #expect(grid.contains { $0.preparations.contains(.decompose(.bytes, errorPermille: 3)) })
  }

  @Test func refinementStaysNearTheFront() {
    let space = SearchSpace(seed: 1, otherSamples: 1000)
    var state = whole(space)
    state.add(space.coarse(after: state).map { entry($0, bytes: 100 - $0.prunePercent, top1: 0.5) })
    let best = SampleSearch.pruned(30)
    var winning = SampleSearch.state(state.entries.filter { $0.candidate != best })
    winning.add([entry(best, bytes: 1, top1: 0.99)])
    let keys = space.next(999, after: winning).map(\.key)
    #expect(keys.contains("--prune channels:25% --quantize int8"))
    #expect(keys.contains("--prune channels:40% --quantize int8"))
    #expect(keys.contains("--prune channels:30% --quantize int8 --per-channel-dense"))
    #expect(keys.contains("--prune channels:30% --quantize int8 --calibration-samples 1000"))
    #expect(keys.contains("--prune channels:30% --quantize int8 --no-equalization"))
    #expect(Set(keys).count == keys.count)
    #expect(Set(keys).isDisjoint(with: winning.entries.map(\.candidate.key)))
  }

  @Test func fewChannelsLeaveNothingBetween() {
    func keys(macs: Int) -> [String] {
      let entries = [(0, 100), (10, macs), (20, 70)].map { percent, macs in
        SearchState.Entry(
          SampleSearch.pruned(percent), figures: SampleSearch.figures(bytes: 100 - percent, macs: macs))
      }
      return SearchRefinement(SampleSearch.state(entries), otherSamples: nil).neighbors(
        of: SampleSearch.pruned(10)
      ).map(\.key)
    }
    #expect(keys(macs: 90).contains("--prune channels:15% --quantize int8"))
    #expect(keys(macs: 86).contains("--prune channels:17% --quantize int8"))
    #expect(!keys(macs: 80).contains { $0.contains("channels:1") && !$0.contains("channels:10%") })
    #expect(keys(macs: 80).contains("--prune channels:5% --quantize int8"))
  }

  @Test func twinsAreTriedOnce() {
    let entries = [(9, 80), (10, 80), (30, 60)].map { percent, macs in
      SearchState.Entry(
        SampleSearch.pruned(percent), figures: SampleSearch.figures(bytes: 100 - percent, macs: macs))
    }
    let keys = SearchRefinement(SampleSearch.state(entries), otherSamples: nil).neighbors(
      of: SampleSearch.pruned(10)
    ).map(\.key)
    #expect(keys.contains("--prune channels:9% --quantize int8 --per-channel-dense"))
    #expect(!keys.contains { $0.contains("channels:10%") && !$0.contains("--decompose") })
  }

  @Test func everyCandidateIsValid() {
    let space = SearchSpace(seed: 3, otherSamples: 1000)
    var state = SampleSearch.state()
    for round in 0..<40 {
      let next = space.next(8, after: state)
      #expect(next.allSatisfy { $0.isValid })
      #expect(next == space.next(8, after: state))
      state.add(
        next.enumerated().map {
          entry($1, bytes: 400 - 4 * $1.prunePercent, top1: 0.9 - Double($0 + round % 3) / 100)
        })
    }
    #expect(Set(state.entries.map(\.candidate.key)).count == state.entries.count)
  }
}
