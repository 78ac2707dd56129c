/// How the range of an activation is found from calibration.
package enum RangeMethod: String, Sendable, CaseIterable {
  /// The least and the largest number seen.
  case minMax = "min-max"
  /// All but a ten-thousandth of the numbers at either end.
  case percentile
  /// The range of the least mean squared error.
  case meanSquaredError = "mse"
  /// The range whose stored distribution tells the most about the real one (Migacz, TensorRT, 2017).
  case divergence = "kl"
  /// Whichever of the others has the least measured error, tensor by tensor.
  case best
  /// Whichever of the others leaves the model's answers nearest, on samples that calibration has not seen; min-max where
  /// none is better.
  case auto
}
