/// gemmlowp's exponential, logistic function and hyperbolic tangent.
///
/// A number with n integer bits is an `Int32` in units of 2^(n − 31). The product of two is
/// `saturatingRoundingDoublingHighMultiply`; their integer bits add.
extension FixedPoint {
  /// e^a for a ≤ 0 with `integerBits` integer bits, 0...6; the result has none.
  package static func exponential(ofNegative a: Int32, integerBits: Int32) -> Int32 {
    if a == 0 { return .max }
    let quarter = Int32(1) &<< (29 - integerBits)
    let fraction = (a & (quarter &- 1)) &- quarter
    let remainder = fraction &- a
    var result = exponentialOfLastQuarter(
      saturatingRoundingMultiplyByPowerOfTwo(fraction, integerBits))
    for (index, power) in powersOfE.enumerated() {
      let exponent = Int32(index) - 2
      guard integerBits > exponent else { break }
      if remainder & (1 &<< (31 - integerBits + exponent)) != 0 {
        result = saturatingRoundingDoublingHighMultiply(result, power)
      }
    }
    if integerBits > 5 && a < -(1 &<< (36 - integerBits)) { return 0 }
    return result
  }

  /// 1 / (1 + e^−a) for a number with `integerBits` integer bits; the result has none.
  package static func logistic(_ a: Int32, integerBits: Int32) -> Int32 {
    if a == 0 { return 1 << 30 }
    let magnitude = a < 0 ? a : 0 &- a
    let positive = reciprocalOfOnePlus(exponential(ofNegative: magnitude, integerBits: integerBits))
    return a < 0 ? .max - positive : positive
  }

  /// The hyperbolic tangent of a number with `integerBits` integer bits, 0...5; the result has none.
  package static func hyperbolicTangent(_ a: Int32, integerBits: Int32) -> Int32 {
    if a == 0 { return 0 }
    let magnitude = a < 0 ? a : 0 &- a
    let power = exponential(ofNegative: magnitude, integerBits: integerBits + 1)
    let positive = saturatingRoundingMultiplyByPowerOfTwo(halfReciprocalOfOnePlus(power) &- (1 << 29), 2)
    return a < 0 ? 0 &- positive : positive
  }

  /// e^−(2^n) for n in −2...4, no integer bits.
  private static let powersOfE: [Int32] = [
    1_672_461_947, 1_302_514_674, 790_015_084, 290_630_308, 39_332_535, 720_401, 242,
  ]

  /// e^a for −1/4 ≤ a < 0 without integer bits: Taylor's series around −1/8.
  private static func exponentialOfLastQuarter(_ a: Int32) -> Int32 {
    let constant: Int32 = 1_895_147_668
    let third: Int32 = 715_827_883
    let x = a &+ (1 << 28)
    let square = saturatingRoundingDoublingHighMultiply(x, x)
    let cube = saturatingRoundingDoublingHighMultiply(square, x)
    let fourthPower = saturatingRoundingDoublingHighMultiply(square, square)
    let cubic = saturatingRoundingDoublingHighMultiply(
      roundingDivideByPowerOfTwo(fourthPower, 2) &+ cube, third)
    let series = x &+ roundingDivideByPowerOfTwo(cubic &+ square, 1)
    return constant &+ saturatingRoundingDoublingHighMultiply(constant, series)
  }
}
