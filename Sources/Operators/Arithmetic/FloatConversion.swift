extension Int32 {
  /// The number without its fraction; saturated, and the least number for NaN.
  @inline(__always)
  package init(clamping x: Float) {
    self.init(clamping: Double(x))
  }

  /// The number without its fraction; saturated, and the least number for NaN.
  @inline(__always)
  package init(clamping x: Double) {
    self = x > -2_147_483_649 ? (x < 2_147_483_648 ? Int32(x) : .max) : .min
  }

  /// The nearest integer, halves away from zero, of a number saturated at ±2²¹; −2²¹ for NaN.
  ///
  /// It has no branch, so that loops over it are vectorized: adding 1.5 · 2²³ rounds halves to even, and a
  /// rest of exactly one half says where that went towards zero.
  @inline(__always)
  package init(roundingSmall x: Float) {
    let raised = x > -2_097_152 ? x : -2_097_152
    let bounded = raised < 2_097_152 ? raised : 2_097_152
    let shifted = bounded + 12_582_912
    let rest = bounded - (shifted - 12_582_912)
    let even = Int32(bitPattern: shifted.bitPattern) &- 0x4B40_0000
    let up: Int32 = rest == 0.5 && bounded > 0 ? 1 : 0
    let down: Int32 = rest == -0.5 && bounded < 0 ? 1 : 0
    self = even &+ up &- down
  }
}
