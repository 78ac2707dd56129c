import Execution
import GraphIR
import Tensors

/// How far two constants lie apart as real numbers.
enum ConstantComparison {
  /// The largest difference of two elements by the largest magnitude of the first constant.
  ///
  /// - Returns: nil for other element counts, types that hold no numbers, and where nothing finite is left.
  static func largestChange(_ old: Value, _ new: Value) -> Double? {
    guard let shape = old.shape, new.shape?.elementCount == shape.elementCount,
      let first = Dequantizer(old)?.floats(Array(old.data.bytes)),
      let second = Dequantizer(new)?.floats(Array(new.data.bytes)),
      first.count == shape.elementCount, second.count == first.count
    else { return nil }
    var magnitude = 0.0
    var difference = 0.0
    for (one, other) in zip(first, second) where one.isFinite && other.isFinite {
      magnitude = max(magnitude, Double(one.magnitude))
      difference = max(difference, (Double(other) - Double(one)).magnitude)
    }
    return magnitude > 0 ? difference / magnitude : nil
  }
}
