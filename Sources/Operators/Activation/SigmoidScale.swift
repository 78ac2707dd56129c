import Foundation

/// How LOGISTIC and TANH bring quantized numbers to fixed point.
struct SigmoidScale: Sendable {
  private let zeroPoint: Int32
  private let scale: QuantizedMultiplier
  private let radius: Int32

  /// For inputs of 8 bits: 4 integer bits.
  init(_ input: ScaleAndZeroPoint) {
    let (fraction, exponent) = frexp(Double(input.scale) * Double(1 << 27))
    scale = QuantizedMultiplier(
      multiplier: Int32(clamping: (fraction * 0x1p31).rounded(.toNearestOrAwayFromZero)),
      shift: Int32(clamping: exponent))
    radius = FixedPoint.inputRadius(integerBits: 4, leftShift: scale.shift)
    zeroPoint = input.zeroPoint
  }

  /// The function's value: an infinity of the type where the input leaves the fixed point's range.
  func evaluate<Element: FixedWidthInteger>(_ x: Element, _ function: (Int32) -> Int32) -> Element {
    let value = Int32(truncatingIfNeeded: x) &- zeroPoint
    if value <= 0 &- radius { return .min }
    if value >= radius { return .max }
    return Element(clamping: function(scale.apply(value)))
  }
}

extension FixedPoint {
  /// The largest magnitude of an input that, shifted left, stays below 2^integerBits in 31 bits
  /// (`CalculateInputRadius`).
  static func inputRadius(integerBits: Int32, leftShift: Int32) -> Int32 {
    let largest = Double((1 << Int(integerBits)) - 1) * Double(Int64(1) << Int64(31 - integerBits))
    return Int32(clamping: (largest / scalbn(1, Int(leftShift))).rounded(.down))
  }
}
