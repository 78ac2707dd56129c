package import GraphIR

/// x, or alpha · x where x is negative; equals TFLM's LEAKY_RELU, and LiteRT's for uint8.
package enum LeakyRelu: Operator {
  package static let builtin = BuiltinOperator.leakyRelu

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 1) {
    case .float32:
      return try context.unaryKernel(FloatLeakyRelu(alpha: Float(context.attributes.real("alpha"))))
    case .int8: return try context.integerKernel(QuantizedLeakyRelu<Int8>(context))
    case .uint8: return try context.integerKernel(QuantizedLeakyRelu<UInt8>(context))
    case .int16: return try context.integerKernel(QuantizedLeakyRelu<Int16>(context))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16, uint8")
    }
  }
}

private struct FloatLeakyRelu: UnaryFunction {
  let alpha: Float

  @inline(__always)
  func callAsFunction(_ x: Float) -> Float { x > 0 ? x : x * alpha }
}

private struct QuantizedLeakyRelu<Element: KernelInteger>: UnaryFunction {
  private let inputZeroPoint: Int32
  private let outputZeroPoint: Int32
  private let identity: QuantizedMultiplier
  private let slope: QuantizedMultiplier
  /// Whether the slope is negative; `slope` is its magnitude.
  private let negates: Bool

  /// LiteRT, which takes uint8, computes the scales in single precision.
  init(_ context: NodeContext) throws(KernelError) {
    let input = try context.quantization(ofInput: 0)
    let output = try context.quantizationOfOutput()
    let alpha = Float(context.attributes.real("alpha"))
    inputZeroPoint = input.zeroPoint
    outputZeroPoint = output.zeroPoint
    if Element.isSigned {
      identity = QuantizedMultiplier(Double(input.scale) / Double(output.scale))
      slope = QuantizedMultiplier(abs(Double(input.scale) * Double(alpha) / Double(output.scale)))
    } else {
      identity = QuantizedMultiplier(Double(input.scale / output.scale))
      slope = QuantizedMultiplier(Double(abs(input.scale * alpha / output.scale)))
    }
    negates = alpha < 0
  }

  @inline(__always)
  func callAsFunction(_ x: Element) -> Element {
    let value = Int32(truncatingIfNeeded: x) &- inputZeroPoint
    let product = value >= 0 ? identity.apply(value) : slope.apply(value)
    let signed = value < 0 && negates ? 0 &- product : product
    return Element(signed &+ outputZeroPoint, clampedTo: Element.range32)
  }
}
