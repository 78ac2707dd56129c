/// Real numbers in steps of a scale, as the whole numbers that are stored.
enum WholeSteps {
  /// The nearest whole number within ±limit, halves away from zero as TensorFlow Lite's converter rounds; 0 for
  /// what is no number.
  @inline(__always)
  static func nearest(_ steps: Double, limit: Double) -> Double {
    let rounded = steps.rounded(.toNearestOrAwayFromZero)
    return rounded.isNaN ? 0 : min(max(rounded, -limit), limit)
  }
}
