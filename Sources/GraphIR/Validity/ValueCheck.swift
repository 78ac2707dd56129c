import Tensors

/// Whether one tensor makes sense: its size, its data, its quantization.
enum ValueCheck {
  /// Sums of a million tensors of this size still fit in `Int`.
  private static let byteCountLimit = 1 << 40

  /// - Parameter allowsLongConstants: whether a constant may hold more bytes than its shape needs.
  static func problem(of value: Value, allowsLongConstants: Bool) -> String? {
    sizeProblem(of: value, allowsLongConstants) ?? quantizationProblem(of: value)
  }

  private static func sizeProblem(of value: Value, _ allowsLongConstants: Bool) -> String? {
    let dimensions = value.dimensions ?? []
    if let dimension = dimensions.first(where: { $0 < 0 }) {
      return "dimension \(dimension) of its shape is negative"
    }
    let text = dimensions.map(String.init).joined(separator: "×")
    guard let shape = value.shape else { return "the shape \(text) has more elements than a machine word" }
    guard value.elementType.bitWidth != nil else { return nil }
    guard let byteCount = value.elementType.byteCount(elementCount: shape.elementCount),
      byteCount <= byteCountLimit
    else {
      return "the shape \(text) takes more than \(byteCountLimit) bytes as \(value.elementType)"
    }
    let isDense = value.attachments.sparsity == nil && !value.elementType.isHandle
    guard isDense, value.isConstant else { return nil }
    let isFitting =
      allowsLongConstants ? value.data.byteCount >= byteCount : value.data.byteCount == byteCount
    guard !isFitting else { return nil }
    return "its data have \(value.data.byteCount) bytes; \(text) as \(value.elementType) needs \(byteCount)"
  }

  /// The rules of TFLite's interpreter builder; TFLM also takes one zero point for many scales.
  private static func quantizationProblem(of value: Value) -> String? {
    guard let quantization = value.quantization, let scales = quantization.scales, !scales.isEmpty else {
      return nil
    }
    let zeroPoints = quantization.zeroPoints ?? []
    guard zeroPoints.count <= 1 || zeroPoints.count == scales.count else {
      return "\(scales.count) quantization scales, but \(zeroPoints.count) zero points"
    }
    guard let dimensions = value.dimensions, !dimensions.isEmpty, scales.count > 1 else { return nil }
    let axis = quantization.axis(ofRank: dimensions.count)
    guard dimensions.indices.contains(axis) else {
      return "quantization axis \(axis), but the shape has \(dimensions.count) dimensions"
    }
    guard scales.count == Int(dimensions[axis]) else {
      return "\(scales.count) quantization scales for \(dimensions[axis]) indices of axis \(axis)"
    }
    return nil
  }
}

extension ElementType {
  fileprivate var isHandle: Bool { self == .resource || self == .variant }
}
