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

  @Test func highMultiplyIsTheDefinition() {
    let numbers: [Int32] = [.min, .min + 1, -1 << 30, -3, -1, 0, 1, 2, 1 << 16, 1 << 30, .max - 1, .max]
    for a in numbers {
      for b in numbers where a != .min || b != .min {
        let product = Int64(a) * Int64(b)
        let nudge: Int64 = product >= 0 ? 1 << 30 : 1 - (1 << 30)
        let expected = Int32((product + nudge) / (1 << 31))
        #expect(FixedPoint.saturatingRoundingDoublingHighMultiply(a, b) == expected)
      }
    }
  }

  @Test func divisionIsTheDefinition() {
    let numbers: [Int32] = [.min, -1_000_001, -96, -8, -5, -1, 0, 1, 3, 4, 12, 1_000_000, .max]
    for x in numbers {
      for exponent in Int32(0)...31 {
        let mask = (Int64(1) << Int64(exponent)) - 1
        let threshold = (mask >> 1) + (x < 0 ? 1 : 0)
        let expected = Int32((Int64(x) >> Int64(exponent)) + (Int64(x) & mask > threshold ? 1 : 0))
        #expect(FixedPoint.roundingDivideByPowerOfTwo(x, exponent) == expected)
      }
    }
  }

  @Test func leftShiftsSaturate() {
    #expect(FixedPoint.saturatingRoundingMultiplyByPowerOfTwo(1 << 20, 11) == .max)
    #expect(FixedPoint.saturatingRoundingMultiplyByPowerOfTwo(-(1 << 20), 11) == .min)
    #expect(FixedPoint.saturatingRoundingMultiplyByPowerOfTwo(-(1 << 20) - 1, 11) == .min)
    #expect(FixedPoint.saturatingRoundingMultiplyByPowerOfTwo(5, 2) == 20)
    #expect(FixedPoint.saturatingRoundingMultiplyByPowerOfTwo(5, -1) == 3)
  }
}
