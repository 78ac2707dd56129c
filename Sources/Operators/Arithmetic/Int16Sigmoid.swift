import Foundation

/// Logistic function and hyperbolic tangent of int16, by a table of 256 sigmoids with linear
/// interpolation (`reference_integer_ops::Logistic` and `Tanh`).
package struct Int16Sigmoid: Sendable {
  private let multiplier: Int32
  private let shift: Int32

  /// - Parameters:
  ///   - multiplier: what brings the input to Q3.12 times 3; 0 stands for 3·2^shift without rounding.
  ///   - shift: the right shift behind the multiplication, 0...30.
  package init(multiplier: Int32, shift: Int32) {
    self.multiplier = multiplier == 0 ? 3 &<< shift : multiplier
    self.shift = multiplier == 0 ? 0 : shift
  }

  /// The logistic function as Q0.15.
  @inline(__always)
  package func logistic(_ x: Int16) -> Int16 {
    let input = scaled(x)
    let magnitude = input.magnitude
    let index = Int(magnitude >> 9)
    var result = UInt32(0x7FFF) << 10
    if index < 255 {
      let base = Self.table[index]
      result = (base << 9) &+ (magnitude & 0x1FF) &* (Self.table[index + 1] &- base)
    }
    result = input >= 0 ? result &+ 512 : (1 << 25) &- result &+ 511
    return Int16(truncatingIfNeeded: result >> 10)
  }

  /// The hyperbolic tangent as Q0.15.
  @inline(__always)
  package func tanh(_ x: Int16) -> Int16 {
    let input = scaled(x)
    let magnitude = input.magnitude
    let index = Int(magnitude >> 8)
    var result = Int32(0xFFFF) << 8
    if index < 255 {
      let base = Self.table[index]
      let sum = (base << 8) &+ (magnitude & 0xFF) &* (Self.table[index + 1] &- base)
      result = Int32(truncatingIfNeeded: sum)
    }
    result = input >= 0 ? result &- (1 << 23) &+ 128 : 0 &- result &+ (1 << 23) &+ 127
    return Int16(truncatingIfNeeded: result >> 8)
  }

  @inline(__always)
  private func scaled(_ x: Int16) -> Int32 {
    let rounding: Int32 = shift > 0 ? 1 << (shift - 1) : 0
    return (Int32(x) &* multiplier &+ rounding) >> shift
  }

  /// 2¹⁶ · sigmoid(i / 24), as TFLite's table has it: some entries are one above the nearest integer.
  package static let table: [UInt32] = {
    let raised: Set<Int> = [
      4, 8, 12, 14, 15, 16, 17, 19, 20, 21, 22, 25, 27, 28, 29, 30, 31, 33, 34, 35, 37, 39, 40, 41, 43, 44,
      45, 46,
      49, 50, 54, 62, 63, 64, 66, 82, 86, 93, 100, 103, 112, 116, 135, 255,
    ]
    return (0..<256).map { index in
      let sigmoid = 65536 / (1 + exp(-Double(index) / 24))
      return UInt32(sigmoid + 0.5) + (raised.contains(index) ? 1 : 0)
    }
  }()
}
