import Operators
import Testing

@Suite struct FixedPointTests {
  @Test func highMultiplySaturatesAtItsOneOverflow() {
    #expect(FixedPoint.saturatingRoundingDoublingHighMultiply(Int32.min, .min) == .max)
    #expect(FixedPoint.saturatingRoundingDoublingHighMultiply(Int32.min, .max) == -.max)
    #expect(FixedPoint.saturatingRoundingDoublingHighMultiply(Int16.min, .min) == .max)
    #expect(FixedPoint.saturatingRoundingDoublingHighMultiply(Int16(1 << 14), 3) == 2)
  }

  @Test func divisionRoundsTiesAwayFromZero() {
    #expect(
      [-3, -2, -1, 1, 2, 3].map { FixedPoint.roundingDivideByPowerOfTwo(Int32($0), 1) } == [
        -2, -1, -1, 1, 1, 2,
      ])
    #expect(FixedPoint.roundingDivideByPowerOfTwo(.min, 31) == -1)
    #expect(FixedPoint.roundingDivideByPowerOfTwo(.max, 31) == 1)
    #expect(FixedPoint.roundingDivideByPowerOfTwo(7, 0) == 7)
  }

  @Test func leftShiftsSaturate() {
    #expect(FixedPoint.saturatingRoundingMultiplyByPowerOfTwo(1 << 20, 11) == .max)
    #expect(FixedPoint.saturatingRoundingMultiplyByPowerOfTwo(-(1 << 20), 11) == .min)
    #expect(FixedPoint.saturatingRoundingMultiplyByPowerOfTwo(-(1 << 20) - 1, 11) == .min)
    #expect(FixedPoint.saturatingRoundingMultiplyByPowerOfTwo(5, 2) == 20)
    #expect(FixedPoint.saturatingRoundingMultiplyByPowerOfTwo(5, -1) == 3)
  }
}
