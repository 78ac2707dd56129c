import Testing

@testable import Workflows

@Suite struct ParetoFrontTests {
  private func contender(_ percent: Int, _ figures: SearchFigures) -> SearchState.Contender {
    SearchState.Contender(SampleSearch.pruned(percent), figures)
  }

  @Test func dominatedCandidatesGo() {
    let front = ParetoFront([
      contender(10, SampleSearch.figures(bytes: 300, top1: 0.92)),
      contender(20, SampleSearch.figures(bytes: 200, top1: 0.90)),
      contender(30, SampleSearch.figures(bytes: 250, top1: 0.90)),
      contender(40, SampleSearch.figures(bytes: 250, top1: 0.91)),
    ])
    #expect(front.members.map(\.candidate.prunePercent) == [20, 40, 10])
  }

  @Test func eachOfTheFourCounts() {
    let best = contender(1, SampleSearch.figures())
    for other in [
      SampleSearch.figures(bytes: 99, top1: 0.8), SampleSearch.figures(bytes: 101, arena: 99),
      SampleSearch.figures(bytes: 101, macs: 99), SampleSearch.figures(bytes: 101, top1: 0.91),
    ] {
      #expect(ParetoFront([best, contender(2, other)]).members.count == 2)
    }
    #expect(ParetoFront([best, contender(2, SampleSearch.figures(arena: 101))]).members == [best])
  }

  @Test func timeCountsBeforeMultiplications() {
    let slow = contender(1, SampleSearch.figures(macs: 1, milliseconds: 9))
    let fast = contender(2, SampleSearch.figures(macs: 2, milliseconds: 3))
    #expect(ParetoFront([slow, fast]).members == [fast])
  }

  @Test func ofEqualsTheOneWithFewestOptionsStays() {
    var dense = SearchCandidate.Quantization(.int8)
    dense.isPerChannelDense = true
    let long = SearchState.Contender(SearchCandidate([], dense), SampleSearch.figures())
    let short = SearchState.Contender(SearchCandidate([], .init(.int8)), SampleSearch.figures())
    #expect(ParetoFront([long, short]).members == [short])
    #expect(ParetoFront([short, long]).members == [short])
    #expect(ParetoFront([]).members.isEmpty)
  }

  @Test func slackKeepsWhatIsNear() {
    let best = contender(1, SampleSearch.figures(bytes: 90, top1: 0.9))
    let near = contender(2, SampleSearch.figures(top1: 0.899))
    let far = contender(3, SampleSearch.figures(top1: 0.89))
    #expect(ParetoFront([best, near, near, far], slack: 0.002).members == [best, near])
    #expect(ParetoFront([best, near, far]).members == [best])
  }

  @Test func orderOfTheCandidatesDoesNotMatter() {
    let all = (1...40).map { index in
      contender(
        index,
        SampleSearch.figures(
          bytes: index * 37 % 50, arena: index * 11 % 20, macs: index * 7 % 13,
          top1: Double(index * 29 % 31) / 31))
    }
    #expect(ParetoFront(all).members == ParetoFront(all.reversed()).members)
  }
}
