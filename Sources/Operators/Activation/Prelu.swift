package import GraphIR

/// x, or alpha · x where x is negative; alpha broadcasts. Equals TFLM's PRELU, which takes int8 alpha for
/// int16, and LiteRT's for uint8.
package enum Prelu: Operator {
  package static let builtin = BuiltinOperator.prelu

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let type = try context.sharedType(inputs: 1)
    switch (type, try context.input(1).elementType) {
    case (.float32, .float32): return try context.binaryKernel(FloatPrelu())
    case (.int8, .int8): return try context.binaryKernel(QuantizedPrelu<Int8, Int8>(context))
    case (.uint8, .uint8): return try context.binaryKernel(QuantizedPrelu<UInt8, UInt8>(context))
    case (.int16, .int8): return try context.binaryKernel(QuantizedPrelu<Int16, Int8>(context))
    case (.int16, .int16): return try context.binaryKernel(QuantizedPrelu<Int16, Int16>(context))
    case (.float32, let other), (.int8, let other), (.uint8, let other), (.int16, let other):
      throw .unsupportedType("input 1 is \(other); PRELU does not take it for \(type)")
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16, uint8")
    }
  }
}

private struct FloatPrelu: BinaryFunction {
  @inline(__always)
  func callAsFunction(_ x: Float, _ alpha: Float) -> Float { x >= 0 ? x : x * alpha }
}

private struct QuantizedPrelu<Element: KernelInteger, Alpha: KernelInteger>: BinaryFunction {
  private let operands: QuantizedOperands
  private let identity: QuantizedMultiplier
  private let slope: QuantizedMultiplier

  init(_ context: NodeContext) throws(KernelError) {
    operands = try QuantizedOperands(context)
    let (input, alpha) = (Double(operands.left.scale), Double(operands.right.scale))
    identity = QuantizedMultiplier(input / Double(operands.output.scale))
    slope = QuantizedMultiplier(input * alpha / Double(operands.output.scale))
  }

  @inline(__always)
  func callAsFunction(_ x: Element, _ alpha: Alpha) -> Element {
    let value = Int32(truncatingIfNeeded: x) &- operands.left.zeroPoint
    let factor = Int32(truncatingIfNeeded: alpha) &- operands.right.zeroPoint
    let scaled = value >= 0 ? identity.apply(value) : slope.apply(value &* factor)
    return Element(scaled &+ operands.output.zeroPoint, clampedTo: Element.range32)
  }
}
