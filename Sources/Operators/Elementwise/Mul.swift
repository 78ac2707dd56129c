package import GraphIR

/// The product of two tensors that broadcast, and an activation; equals TFLM's MUL, and LiteRT's for uint8
/// and int64.
package enum Mul: Operator {
  package static let builtin = BuiltinOperator.mul

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    let activation = FusedActivation(context.attributes)
    switch try context.sharedType(inputs: 2) {
    case .float32: return try context.binaryKernel(FloatArithmetic<Product>(range: activation.floatRange))
    case .int32:
      return try context.binaryKernel(
        IntegerArithmetic<Product, Int32>(range: activation.integerRange(Int32.self)))
    case .int64:
      return try context.binaryKernel(
        IntegerArithmetic<Product, Int64>(range: activation.integerRange(Int64.self)))
    case .int8: return try context.binaryKernel(QuantizedProduct<Int8>(context, activation))
    case .uint8: return try context.binaryKernel(QuantizedProduct<UInt8>(context, activation))
    case .int16: return try context.binaryKernel(QuantizedProduct<Int16>(context, activation))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16, uint8, int32, int64")
    }
  }

  private enum Product: ArithmeticOperation {
    @inline(__always)
    static func apply(_ a: Float, _ b: Float) -> Float { a * b }

    @inline(__always)
    static func apply<Element: FixedWidthInteger>(_ a: Element, _ b: Element) -> Element { a &* b }
  }
}

private struct QuantizedProduct<Element: KernelInteger>: BinaryFunction {
  private let left: Int32
  private let right: Int32
  private let zeroPoint: Int32
  private let scale: QuantizedMultiplier
  private let range: ClosedRange<Int32>

  init(_ context: NodeContext, _ activation: FusedActivation) throws(KernelError) {
    let operands = try QuantizedOperands(context, activation: activation)
    left = operands.left.zeroPoint
    right = operands.right.zeroPoint
    zeroPoint = operands.output.zeroPoint
    if Element.bitWidth == 16 { try context.requireSymmetric(inputs: 2) }
    scale = QuantizedMultiplier(
      Double(operands.left.scale) * Double(operands.right.scale) / Double(operands.output.scale))
    range = operands.range(Element.self)
  }

  @inline(__always)
  func callAsFunction(_ a: Element, _ b: Element) -> Element {
    let product = (Int32(truncatingIfNeeded: a) &- left) &* (Int32(truncatingIfNeeded: b) &- right)
    return Element(scale.apply(product) &+ zeroPoint, clampedTo: range)
  }
}
