/// A rectifier on quantized numbers: scaled from the input's scale to the output's, and clamped.
struct QuantizedRelu<Element: KernelInteger>: UnaryFunction {
  private let inputZeroPoint: Int32
  private let outputZeroPoint: Int32
  private let scale: QuantizedMultiplier
  private let range: ClosedRange<Int32>

  /// - Parameters:
  ///   - bounds: the real numbers that pass.
  ///   - inDouble: whether the ratio of scales is computed in double precision, as TFLM does, not LiteRT.
  init(
    _ context: NodeContext, _ bounds: ClosedRange<Float>, inDouble: Bool = false
  ) throws(KernelError) {
    let input = try context.quantization(ofInput: 0)
    let output = try context.quantizationOfOutput()
    if Element.bitWidth == 16 { try context.requireSymmetric(inputs: 1) }
    inputZeroPoint = input.zeroPoint
    outputZeroPoint = output.zeroPoint
    scale = QuantizedMultiplier(
      inDouble ? Double(input.scale) / Double(output.scale) : Double(input.scale / output.scale))
    let type = Element.range32
    let lower = max(type.lowerBound, output.quantized(bounds.lowerBound))
    let upper = min(type.upperBound, output.quantized(bounds.upperBound))
    range = min(lower, upper)...max(lower, upper)
  }

  @inline(__always)
  func callAsFunction(_ x: Element) -> Element {
    Element(
      scale.apply(Int32(truncatingIfNeeded: x) &- inputZeroPoint) &+ outputZeroPoint, clampedTo: range)
  }
}

extension ScaleAndZeroPoint {
  /// The stored number nearest to a real one, saturated to 32 bits.
  func quantized(_ real: Float) -> Int32 {
    let steps = Int64(Int32(clamping: (real / scale).rounded(.toNearestOrAwayFromZero)))
    return Int32(clamping: steps + Int64(zeroPoint))
  }
}

/// A rectifier on floats: NaN stays NaN.
struct FloatRelu: UnaryFunction {
  let range: ClosedRange<Float>

  @inline(__always)
  func callAsFunction(_ x: Float) -> Float { clamp(x, to: range) }
}
