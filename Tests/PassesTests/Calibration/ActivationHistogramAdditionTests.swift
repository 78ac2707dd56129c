import Tensors
import Testing

@testable import Passes

@Suite struct ActivationHistogramAdditionTests {
  /// Many numbers at a time count as few at a time do.
  @Test func manyNumbersCountAsFewDo() {
    var random = SeededRandom(seed: 5)
    let numbers = (0..<40_000).map { index -> Float in
      let number = Float.random(in: -1...1, using: &random)
      return index.isMultiple(of: 7) ? 0 : index.isMultiple(of: 5) ? number * 1e13 : number * number * number
    }
    var (many, few) = (ActivationHistogram(), ActivationHistogram())
    many.add(numbers)
    for start in stride(from: 0, to: numbers.count, by: 100) { few.add(Array(numbers[start..<start + 100])) }
    #expect(many == few)
    #expect(many.count == numbers.count && many.zeroCount >= numbers.count / 7)
    #expect(many.bins.map(\.count) == few.bins.map(\.count))
  }
}
