package import GraphIR

/// The magnitude of every element; equals TFLM's ABS, and LiteRT's for int32.
package enum Abs: Operator {
  package static let builtin = BuiltinOperator.abs

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 1) {
    case .float32: return try context.unaryKernel(FloatMagnitude())
    case .int32: return try context.unaryKernel(IntegerMagnitude<Int32>())
    case .int8: return try context.integerKernel(QuantizedMagnitude<Int8>(context))
    case .int16:
      guard try context.input(0).quantization?.isQuantized ?? false else {
        return try context.unaryKernel(IntegerMagnitude<Int16>())
      }
      return try context.integerKernel(QuantizedMagnitude<Int16>(context))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16, int32")
    }
  }
}

private struct FloatMagnitude: UnaryFunction {
  @inline(__always)
  func callAsFunction(_ x: Float) -> Float { x.magnitude }
}

/// The least number stays as it is.
private struct IntegerMagnitude<Element: KernelInteger>: UnaryFunction {
  @inline(__always)
  func callAsFunction(_ x: Element) -> Element { x < 0 ? 0 &- x : x }
}

private struct QuantizedMagnitude<Element: KernelInteger>: UnaryFunction {
  private let inputZeroPoint: Int32
  private let outputZeroPoint: Int32
  /// nil where input and output have one scale.
  private let scale: QuantizedMultiplier?

  init(_ context: NodeContext) throws(KernelError) {
    let input = try context.quantization(ofInput: 0)
    let output = try context.quantizationOfOutput()
    inputZeroPoint = input.zeroPoint
    outputZeroPoint = output.zeroPoint
    let ratio = Double(input.scale) / Double(output.scale)
    scale = ratio == 1 ? nil : QuantizedMultiplier(ratio)
  }

  @inline(__always)
  func callAsFunction(_ x: Element) -> Element {
    let value = Int32(truncatingIfNeeded: x) &- inputZeroPoint
    let magnitude = value < 0 ? 0 &- value : value
    let scaled = scale.map { $0.apply(magnitude) } ?? magnitude
    return Element(scaled &+ outputZeroPoint, clampedTo: Element.range32)
  }
}
