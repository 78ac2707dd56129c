import Testing

@testable import Execution

@Suite struct RankingTests {
  @Test func equalScoresStandInClassOrder() {
    let scores: [Float] = [1, 3, 3, 2]
    #expect(Ranking.best(scores) == 1)
    #expect((0..<4).map { Ranking.rank(of: $0, in: scores) } == [3, 0, 1, 2])
  }

  @Test func whatIsNoNumberIsNeverRight() {
    #expect(Ranking.best([.nan, -5, .nan]) == 1)
    #expect(Ranking.best([.nan]) == nil)
    #expect(Ranking.rank(of: 0, in: [.nan, 1]) == nil)
    #expect(Ranking.rank(of: 4, in: [0, 1]) == nil)
  }
}
