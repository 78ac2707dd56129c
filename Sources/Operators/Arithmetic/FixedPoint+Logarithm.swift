/// gemmlowp-style natural logarithm, as LOG_SOFTMAX uses it.
extension FixedPoint {
  /// ln a for a ≥ 1 with 12 integer bits; the result has 5 (`log_x_for_x_greater_than_or_equal_to_1`).
  ///
  /// The argument is brought near 1 in two ways, by a power of two and by one times √½; the nearer one
  /// enters a Padé approximant.
  package static func logarithm(ofAtLeastOne a: Int32) -> Int32 {
    let quarter = roundingDivideByPowerOfTwo(536_870_912, 6)
    let zeros = Int32(a.leadingZeroBitCount)
    let normalized = saturatingRoundingMultiplyByPowerOfTwo(a, zeros - 1)
    let first = saturatingRoundingMultiplyByPowerOfTwo(multiply(normalized, squareRootOfHalf), 1)
    let firstPower = saturatingAdd(saturatingRoundingMultiplyByPowerOfTwo(12 - zeros, 25), quarter)
    let scaledZeros = Int32(multiply(a, squareRootOfHalf).leadingZeroBitCount) - 1
    let second = saturatingRoundingMultiplyByPowerOfTwo(a, scaledZeros)
    let secondPower = saturatingAdd(
      saturatingRoundingMultiplyByPowerOfTwo(12 - scaledZeros, 25), 0 &- quarter)
    return logarithm(mantissa: min(first, second), power: max(firstPower, secondPower))
  }

  /// - Parameter power: the power of two, with 6 integer bits.
  private static func logarithm(mantissa: Int32, power: Int32) -> Int32 {
    let p = roundingHalfSum(mantissa, fourthRootOfHalf)
    let difference = mantissa &- fourthRootOfHalf
    let q = difference &+ difference
    let square = multiply(q, q)
    let numerator = multiply(q, mantissa) &+ multiply(multiply(q, square), 117_049_297)
    let bracket = 1_057_819_769 &+ q &+ multiply(127_690_142, square)
    let denominator = multiply(p, bracket) &+ multiply(638_450_708, q)
    let quotient = multiply(
      roundingDivideByPowerOfTwo(numerator, 6), reciprocalOfOnePlus(denominator))
    let sum = multiply(power, 1_488_522_236) &+ quotient
    return saturatingRoundingMultiplyByPowerOfTwo(sum, 1)
  }

  /// √½ and ∜½ without integer bits.
  private static let squareRootOfHalf: Int32 = 1_518_500_250
  private static let fourthRootOfHalf: Int32 = 1_805_811_301

  private static func multiply(_ a: Int32, _ b: Int32) -> Int32 {
    saturatingRoundingDoublingHighMultiply(a, b)
  }

  private static func saturatingAdd(_ a: Int32, _ b: Int32) -> Int32 {
    Int32(clamping: Int64(a) + Int64(b))
  }
}
