/// gemmlowp's reciprocals and inverse square root.
extension FixedPoint {
  /// 1 / (1 + a) for a in 0...1, without integer bits as its argument.
  package static func reciprocalOfOnePlus(_ a: Int32) -> Int32 {
    saturatingRoundingMultiplyByPowerOfTwo(halfReciprocalOfOnePlus(a), 1)
  }

  /// 1 / (1 + a) for a in 0...1 without integer bits, by three steps of Newton's method.
  ///
  /// - Returns: 2 / (1 + a) with two integer bits, which is 1 / (1 + a) with one.
  static func halfReciprocalOfOnePlus(_ a: Int32) -> Int32 {
    let half = roundingHalfSum(a, .max)
    var x = 1_515_870_810 &+ saturatingRoundingDoublingHighMultiply(half, -1_010_580_540)
    for _ in 0..<3 {
      let rest = (1 << 29) &- saturatingRoundingDoublingHighMultiply(half, x)
      let step = saturatingRoundingDoublingHighMultiply(x, rest)
      x = x &+ saturatingRoundingMultiplyByPowerOfTwo(step, 2)
    }
    return x
  }

  /// The reciprocal of a positive number with `integerBits` integer bits (`GetReciprocal`).
  ///
  /// - Returns: a fraction in 1/2...1 without integer bits, and how far to shift it right.
  package static func reciprocal(_ x: Int32, integerBits: Int32) -> (fraction: Int32, shift: Int32) {
    let zeros = Int32(x.leadingZeroBitCount)
    let shifted = Int32(bitPattern: (UInt32(bitPattern: x) &<< UInt32(zeros)) &- (1 << 31))
    return (reciprocalOfOnePlus(shifted), integerBits - zeros)
  }

  /// The inverse square root of an integer by five steps of Newton's method
  /// (`GetInvSqrtQuantizedMultiplierExp` with a reversed shift).
  package static func inverseSquareRoot(_ input: Int32) -> QuantizedMultiplier {
    guard input > 1 else { return QuantizedMultiplier(multiplier: .max, shift: 0) }
    var shift: Int32 = 11
    var input = input
    while input >= 1 << 29 {
      input /= 4
      shift += 1
    }
    let pairs = Int32(input.leadingZeroBitCount - 1) / 2 - 1
    shift -= pairs
    input = input &<< (2 * pairs)
    let half = roundingDivideByPowerOfTwo(input &>> 1, 1)
    let threeHalves: Int32 = (1 << 28) + (1 << 27)
    var x: Int32 = 1 << 28
    for _ in 0..<5 {
      let square = saturatingRoundingDoublingHighMultiply(x, x)
      let cube = saturatingRoundingMultiplyByPowerOfTwo(
        saturatingRoundingDoublingHighMultiply(square, x), 6)
      let next =
        saturatingRoundingDoublingHighMultiply(threeHalves, x)
        &- saturatingRoundingDoublingHighMultiply(half, cube)
      x = saturatingRoundingMultiplyByPowerOfTwo(next, 3)
    }
    x = saturatingRoundingDoublingHighMultiply(x, 1_518_500_250)
    if shift < 0 {
      x = x &<< (0 - shift)
      shift = 0
    }
    return QuantizedMultiplier(multiplier: x, shift: -shift)
  }

  /// (a + b) / 2, rounded half away from zero.
  @inline(__always)
  static func roundingHalfSum(_ a: Int32, _ b: Int32) -> Int32 {
    let sum = Int64(a) + Int64(b)
    return Int32(truncatingIfNeeded: (sum + (sum >= 0 ? 1 : -1)) / 2)
  }
}
