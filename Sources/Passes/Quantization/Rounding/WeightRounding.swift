/// How real weights become whole steps of their scale.
package enum WeightRounding: String, Sendable, CaseIterable {
  /// Each to the nearest step.
  case nearest
  /// Those of a layer together, so that its outputs change least for the inputs that calibration has seen.
  case adaptive
}
