import Foundation

extension Int16Sigmoid {
  /// The function for inputs of a scale, as LOGISTIC and TANH prepare it.
  ///
  /// - Parameter powersOfTwo: by how many powers of two a scale may exceed 2⁻¹² without a general
  ///   multiplier: 0 for the logistic function, 0 and 1 for the tangent.
  package init(scale: Float, powersOfTwo: ClosedRange<Int32>) {
    let logarithm = logf(scale) * (1 / logf(2))
    let rounded = logarithm.rounded(.toNearestOrAwayFromZero)
    let power = Int32(exactly: rounded).map { $0 &+ 12 } ?? .min
    if abs(logarithm - rounded) < 1e-3 && powersOfTwo.contains(power) {
      self.init(multiplier: 0, shift: power)
      return
    }
    var multiplier = Double(scale) * 4096 * 3
    var shift: Int32 = 0
    while multiplier <= 32767.0 / 2 && shift <= 30 {
      shift += 1
      multiplier *= 2
    }
    self.init(multiplier: Int32(clamping: multiplier), shift: shift)
  }
}
