import Foundation

/// A positive or negative real number as a 31-bit fraction and a power of two (`QuantizeMultiplier`).
package struct QuantizedMultiplier: Sendable, Equatable {
  /// The fraction, 2³⁰...2³¹−1 for positive numbers, or 0; never −2³¹.
  package let multiplier: Int32
  /// The power of two; positive shifts left.
  package let shift: Int32

  package init(multiplier: Int32, shift: Int32) {
    self.multiplier = multiplier
    self.shift = shift
  }

  /// The nearest representable number.
  package init(_ real: Double) {
    guard real != 0, real.isFinite else {
      self.init(multiplier: 0, shift: 0)
      return
    }
    let (fraction, exponent) = frexp(abs(real))
    var shift = exponent
    var fixed = Int64((fraction * Double(Int64(1) << 31)).rounded(.toNearestOrAwayFromZero))
    if fixed == Int64(1) << 31 {
      fixed /= 2
      shift += 1
    }
    if shift < -31 { (fixed, shift) = (0, 0) }
    if real < 0 { fixed = -fixed }
    self.init(multiplier: Int32(truncatingIfNeeded: fixed), shift: Int32(truncatingIfNeeded: shift))
  }

  /// x times the number (`MultiplyByQuantizedMultiplier`): left shift, which wraps, then a rounding high
  /// multiply, then a rounding right shift.
  @inline(__always)
  package func apply(_ x: Int32) -> Int32 {
    let product = Int64(x &<< max(shift, 0)) &* Int64(multiplier)
    let high = (product &+ (1 << 30)) &>> 31
    return Int32(truncatingIfNeeded: FixedPoint.roundingDivide(high, byPowerOfTwo: max(0 &- shift, 0)))
  }

  /// x times the number for 64-bit accumulators: a 15-bit multiplier and one rounding.
  @inline(__always)
  package func apply(_ x: Int64) -> Int32 {
    let total = Int64(15 - shift)
    return Int32(truncatingIfNeeded: (x &* reducedMultiplier &+ (1 << (total - 1))) >> total)
  }

  /// The fraction rounded to 15 bits.
  @inline(__always)
  package var reducedMultiplier: Int64 {
    multiplier < 0x7FFF_0000 ? Int64((multiplier &+ (1 << 15)) >> 16) : 0x7FFF
  }
}
