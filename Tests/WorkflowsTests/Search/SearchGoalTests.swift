import Testing

@testable import Workflows

@Suite struct SearchGoalTests {
  private let contenders = [
    SearchState.Contender(
      SampleSearch.pruned(0), SampleSearch.figures(bytes: 300, macs: 90, top1: 0.93)),
    SearchState.Contender(
      SampleSearch.pruned(30), SampleSearch.figures(bytes: 200, macs: 70, top1: 0.91)),
    SearchState.Contender(
      SampleSearch.pruned(50), SampleSearch.figures(bytes: 210, macs: 60, top1: 0.91)),
    SearchState.Contender(
      SampleSearch.pruned(70), SampleSearch.figures(bytes: 100, macs: 30, top1: 0.8)),
  ]

  private func best(_ goal: SearchGoal, floor: Double) -> Int? {
    goal.best(of: contenders, floor: floor)?.candidate.prunePercent
  }

  @Test func goalsWithinTheFloor() {
    #expect(best(.size, floor: 0.9) == 30)
    #expect(best(.size, floor: 0) == 70)
    #expect(best(.speed, floor: 0.9) == 50)
    #expect(best(.accuracy, floor: 0) == 0)
    #expect(best(.size, floor: 0.99) == nil)
  }

  @Test func theSmallestArenaMayBeALargerFile() {
    let small = SearchState.Contender(
      SampleSearch.pruned(10), SampleSearch.figures(bytes: 400, arena: 50, top1: 0.95))
    #expect(SearchGoal.arena.best(of: contenders + [small], floor: 0.9) == small)
  }

  @Test func integersAreFasterThanFloatsOfEqualWork() {
    let float = SearchState.Contender(SampleSearch.pruned(0, nil), SampleSearch.figures(top1: 0.95))
    let integer = SearchState.Contender(SampleSearch.pruned(0), SampleSearch.figures(top1: 0.9))
    #expect(SearchGoal.speed.best(of: [float, integer], floor: 0) == integer)
  }
}
