/// The fixed-point arithmetic of TensorFlow Lite's kernels (gemmlowp), with double rounding as TFLM and
/// LiteRT's reference kernels are built.
package enum FixedPoint {
  /// The high 32 bits of 2·a·b, rounded half up; saturates for a = b = −2³¹.
  @inline(__always)
  package static func saturatingRoundingDoublingHighMultiply(_ a: Int32, _ b: Int32) -> Int32 {
    if a == b && a == .min { return .max }
    return Int32(truncatingIfNeeded: (Int64(a) &* Int64(b) &+ (1 << 30)) &>> 31)
  }

  /// The 16-bit form of `saturatingRoundingDoublingHighMultiply`.
  @inline(__always)
  package static func saturatingRoundingDoublingHighMultiply(_ a: Int16, _ b: Int16) -> Int16 {
    if a == b && a == .min { return .max }
    return Int16(truncatingIfNeeded: (Int32(a) &* Int32(b) &+ (1 << 14)) &>> 15)
  }

  /// x / 2^exponent, rounded half away from zero; exponent 0...31.
  @inline(__always)
  package static func roundingDivideByPowerOfTwo(_ x: Int32, _ exponent: Int32) -> Int32 {
    Int32(truncatingIfNeeded: roundingDivide(Int64(x), byPowerOfTwo: exponent))
  }

  /// The 64-bit form, without branches; |x| ≤ 2⁶² and exponent 0...31.
  @inline(__always)
  static func roundingDivide(_ x: Int64, byPowerOfTwo exponent: Int32) -> Int64 {
    let half = (Int64(1) &<< Int64(exponent)) &>> 1
    let down: Int64 = exponent == 0 ? 0 : -1
    return (x &+ half &+ ((x &>> 63) & down)) &>> Int64(exponent)
  }

  /// x · 2^exponent, saturated for positive and rounded for negative exponents.
  @inline(__always)
  package static func saturatingRoundingMultiplyByPowerOfTwo(_ x: Int32, _ exponent: Int32) -> Int32 {
    if exponent <= 0 { return roundingDivideByPowerOfTwo(x, -exponent) }
    let limit = Int32.max >> exponent
    if x > limit { return .max }
    if x < -limit - 1 { return .min }
    return x << exponent
  }
}
