import Testing

@testable import Zoo

@Suite struct ZooComparisonTests {
  private func row(
    _ model: String, _ verdict: ZooRow.Verdict = .fits, planned: Int? = 1000, accuracy: Double? = nil
  ) -> ZooRow {
    var row = ZooRow(model: model, board: "esp32", verdict: verdict)
    row.plannedBytes = planned
    if let accuracy {
      row.optimized = .init(fileBytes: 1, arenaBytes: planned ?? 0, accuracy: accuracy)
    }
    return row
  }

  private func kinds(
    _ old: [ZooRow], _ new: [ZooRow], bytes: Int = 0, points: Double = 0
  ) -> [ZooComparison.Change.Kind] {
    ZooComparison(old, new, toleranceBytes: bytes, tolerancePoints: points).changes.map(\.kind)
  }

  @Test func equalZoosDifferInNothing() {
    let rows = [row("a"), row("b", .error, planned: nil)]
    let comparison = ZooComparison(rows, rows.reversed(), toleranceBytes: 0, tolerancePoints: 0)
    #expect(comparison.changes.isEmpty && comparison.equalCount == 2)
  }

  @Test func aLargerArenaIsWorseBeyondTheTolerance() {
    #expect(kinds([row("a")], [row("a", planned: 1016)]) == [.worse])
    #expect(kinds([row("a")], [row("a", planned: 1016)], bytes: 16) == [])
    #expect(kinds([row("a")], [row("a", planned: 1017)], bytes: 16) == [.worse])
    #expect(kinds([row("a")], [row("a", planned: 999)]) == [.better])
  }

  @Test(arguments: [
    (ZooRow.Verdict.fits, ZooRow.Verdict.doesNotFit), (.doesNotFit, .refused), (.refused, .error),
    (.fits, .error),
    (.planned, .refused),
  ])
  func aWorseVerdictIsWorse(old: ZooRow.Verdict, new: ZooRow.Verdict) {
    #expect(kinds([row("a", old)], [row("a", new)]) == [.worse])
    #expect(kinds([row("a", new)], [row("a", old)]) == [.better])
  }

  @Test func lostAccuracyIsWorseBeyondTheTolerance() {
    let (old, new) = ([row("a", accuracy: 0.90)], [row("a", accuracy: 0.895)])
    #expect(kinds(old, new) == [.worse])
    #expect(kinds(old, new, points: 1) == [])
    #expect(kinds(new, old) == [.better])
  }

  @Test func worseAndBetterTogetherAreWorse() {
    let change = ZooComparison(
      [row("a", .doesNotFit)], [row("a", .fits, planned: 2000)], toleranceBytes: 0, tolerancePoints: 0
    ).changes
    #expect(change.map(\.kind) == [.worse])
    #expect(change.first?.reasons == ["arena +1000 B", "does-not-fit → fits"])
  }

  @Test func newAndGoneModelsAreSaid() {
    var vanished = row("c")
    vanished.isVanished = true
    #expect(kinds([row("a"), row("c")], [row("b"), vanished]) == [.gone, .new, .gone])
  }
}
