import Operators
import Testing

@Suite struct QuantizedMultiplierTests {
  @Test func fractionsAreNormalized() {
    #expect(QuantizedMultiplier(0) == QuantizedMultiplier(multiplier: 0, shift: 0))
    #expect(QuantizedMultiplier(0.5) == QuantizedMultiplier(multiplier: 1 << 30, shift: 0))
    #expect(QuantizedMultiplier(1) == QuantizedMultiplier(multiplier: 1 << 30, shift: 1))
    #expect(QuantizedMultiplier(0x1p-40) == QuantizedMultiplier(multiplier: 0, shift: 0))
    #expect(QuantizedMultiplier(1 - 0x1p-40) == QuantizedMultiplier(multiplier: 1 << 30, shift: 1))
    #expect(QuantizedMultiplier(.nan) == QuantizedMultiplier(multiplier: 0, shift: 0))
  }

  @Test func negativeNumbersKeepTheirSign() {
    #expect(QuantizedMultiplier(-0.75) == QuantizedMultiplier(multiplier: -3 << 29, shift: 0))
    #expect(QuantizedMultiplier(-4).apply(Int32(3)) == -12)
  }

  @Test func productsRoundTwiceHalfAwayFromZero() {
    let quarter = QuantizedMultiplier(0.25)
    #expect([-6, -2, -1, 1, 2, 6].map { quarter.apply(Int32($0)) } == [-2, -1, 0, 1, 1, 2])
    #expect(QuantizedMultiplier(4).apply(Int32(3)) == 12)
    #expect(QuantizedMultiplier(0.5).apply(Int32.min) == -(1 << 30))
  }

  @Test func wideAccumulatorsRoundOnce() {
    #expect(QuantizedMultiplier(0.25).apply(Int64(2)) == 1)
    #expect(QuantizedMultiplier(0.25).apply(Int64(-2)) == 0)
    #expect(QuantizedMultiplier(0.001).apply(Int64(1) << 40) == 1_099_497_472)
  }
}
