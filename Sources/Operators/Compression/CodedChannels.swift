package import GraphIR
import Tensors

/// The channels of a decoded tensor, as TFLM finds them: by its scales, along the first axis or the last.
package struct CodedChannels: Sendable, Hashable {
  package let count: Int
  /// Whether neighbours are of different channels.
  package let isLast: Bool
  package let elementCount: Int
  /// One for each channel; of a tensor that is not quantized, 0.
  package let zeroPoints: [Int]

  /// - Throws: `unsupported` where TFLM's decoders of tables and masks refuse the scales, or read them wrongly.
  package init(of value: Value) throws(KernelError) {
    elementCount = value.shape?.elementCount ?? 0
    let scales = value.quantization?.scales ?? []
    let points = value.quantization?.zeroPoints ?? []
    guard let quantization = value.quantization, !scales.isEmpty, !points.isEmpty else {
      (count, isLast, zeroPoints) = (1, false, [0])
      return
    }
    count = scales.count
    isLast = count > 1 && quantization.axis == (value.dimensions ?? []).count - 1
    guard isLast || quantization.axis == 0 else {
      throw .unsupported(
        "its scales differ along axis \(quantization.axis); TFLM takes the first or the last")
    }
    guard points.count == count else {
      throw .unsupported("it has \(count) scales and \(points.count) zero points")
    }
    guard elementCount % count == 0 else {
      throw .unsupported("its \(count) scales do not divide its \(elementCount) elements")
    }
    zeroPoints = points.map { Int(truncatingIfNeeded: $0) }
  }

  /// The channel of an element.
  package func channel(of index: Int) -> Int {
    if count == 1 { return 0 }
    return isLast ? index % count : index / (elementCount / count)
  }
}
