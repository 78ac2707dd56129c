import Datasets
package import GraphIR
import Tensors

/// Makes real numbers of a tensor's bytes with its quantization, by tensor or by channel.
package struct Dequantizer: Sendable {
  private let elementType: ElementType
  private let scales: [Float]
  private let zeroPoints: [Int64]
  /// Elements from one index of the quantized axis to the next, and how many indices there are.
  private let stride: Int
  private let channels: Int

  /// - Returns: nil for a type that holds no numbers of whole bytes.
  package init?(_ value: Value) {
    guard NumericElements.floats([], value.elementType) != nil, let shape = value.shape else { return nil }
    elementType = value.elementType
    scales = value.elementType.isInteger ? value.quantization?.scales ?? [] : []
    zeroPoints = value.quantization?.zeroPoints ?? []
    let axis = value.quantization?.axis(ofRank: shape.rank) ?? 0
    let isPerChannel =
      scales.count > 1 && shape.dimensions.indices.contains(axis) && shape[axis] == scales.count
    channels = isPerChannel ? scales.count : 1
    stride = isPerChannel ? shape.dimensions[(axis + 1)...].reduce(1) { $0.saturatingMultiply($1) } : 1
  }

  /// The elements as real numbers.
  package func floats(_ bytes: [UInt8]) -> [Float] {
    var floats = NumericElements.floats(bytes, elementType) ?? []
    guard let first = scales.first else { return floats }
    for index in floats.indices {
      let channel = channels > 1 ? index / max(stride, 1) % channels : 0
      let zeroPoint = zeroPoints.indices.contains(channel) ? zeroPoints[channel] : zeroPoints.first ?? 0
      floats[index] = (channels > 1 ? scales[channel] : first) * (floats[index] - Float(zeroPoint))
    }
    return floats
  }
}
