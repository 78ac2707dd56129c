import GraphIR
import Tensors

/// A tensor as a kernel of TFLM sees it.
struct KernelTensor {
  let value: Value

  var type: ElementType { value.elementType }
  /// Sizes of the dimensions; none for a scalar, and where the file stores none.
  var dimensions: [Int] { (value.dimensions ?? []).map(Int.init) }
  var rank: Int { value.dimensions?.count ?? 0 }
  var elementCount: Int { value.shape?.elementCount ?? Int.max }
  var isConstant: Bool { value.isConstant }

  /// Whether the runtime takes it for quantized: it needs a scale and a zero point in the file.
  var isQuantized: Bool { value.quantizedChannelCount > 0 }
  /// Scales that the runtime sees.
  var scaleCount: Int { value.quantizedChannelCount }
  /// The first scale; 0 where there is no quantization.
  var scale: Float { isQuantized ? value.quantization?.scales?.first ?? 0 : 0 }
  /// The first zero point, cut to 32 bits; 0 where there is no quantization.
  var zeroPoint: Int {
    guard isQuantized, let first = value.quantization?.zeroPoints?.first else { return 0 }
    return Int(Int32(truncatingIfNeeded: first))
  }
  /// The dimension along which scales differ.
  var quantizedAxis: Int { value.quantization?.axis ?? 0 }

  /// The size of a dimension; nil where there is none.
  func dimension(_ axis: Int) -> Int? {
    dimensions.indices.contains(axis) ? dimensions[axis] : nil
  }

  /// The elements of an integer constant, as many as its shape has; nil where it is computed, or of another
  /// type.
  var integers: [Int]? { stored.map { Array($0.prefix(elementCount)) } }

  private var stored: [Int]? {
    guard isConstant else { return nil }
    switch type {
    case .int8: return value.data.elements(Int8.self).map(Int.init)
    case .int16: return value.data.elements(Int16.self).map(Int.init)
    case .int32: return value.data.elements(Int32.self).map(Int.init)
    case .int64: return value.data.elements(Int64.self).map(Int.init)
    default: return nil
    }
  }
}
