import Testing

@testable import Tensors

@Suite struct SeededRandomTests {
  /// The words that the generator's authors give for seed 1234567.
  @Test func wordsAreThePublishedOnes() {
    var random = SeededRandom(seed: 1_234_567)
    let words = (0..<5).map { _ in random.next() }
    #expect(
      words == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test func wordsCanBeHadByPosition() {
    var random = SeededRandom(seed: 0)
    for position in 0..<10 { #expect(SeededRandom.word(at: position) == random.next()) }
  }

  @Test func shufflingKeepsTheItems() {
    var random = SeededRandom(seed: 7)
    var items = Array(0..<50)
    random.shuffle(&items)
    #expect(items != Array(0..<50) && items.sorted() == Array(0..<50))
    #expect(random.next(below: 0) == 0)
  }
}
