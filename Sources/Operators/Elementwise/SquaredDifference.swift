package import GraphIR

/// (a − b)² for two tensors that broadcast; equals TFLM's SQUARED_DIFFERENCE.
package enum SquaredDifference: Operator {
  package static let builtin = BuiltinOperator.squaredDifference

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 2) {
    case .float32: return try context.binaryKernel(FloatSquare())
    case .int32: return try context.binaryKernel(IntegerSquare())
    case .int8: return try context.binaryKernel(QuantizedSquare<Int8>(context, leftShift: 7))
    case .int16: return try context.binaryKernel(QuantizedSquare<Int16>(context, leftShift: 0))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16, int32")
    }
  }
}

private struct FloatSquare: BinaryFunction {
  @inline(__always)
  func callAsFunction(_ a: Float, _ b: Float) -> Float { (a - b) * (a - b) }
}

private struct IntegerSquare: BinaryFunction {
  @inline(__always)
  func callAsFunction(_ a: Int32, _ b: Int32) -> Int32 { (a &- b) &* (a &- b) }
}

private struct QuantizedSquare<Element: KernelInteger>: BinaryFunction {
  private let operands: QuantizedOperands
  private let leftShift: Int32
  private let left: QuantizedMultiplier
  private let right: QuantizedMultiplier
  private let output: QuantizedMultiplier

  init(_ context: NodeContext, leftShift: Int32) throws(KernelError) {
    operands = try QuantizedOperands(context)
    self.leftShift = leftShift
    let unit = 2 * Double(max(operands.left.scale, operands.right.scale))
    left = QuantizedMultiplier(Double(operands.left.scale) / unit)
    right = QuantizedMultiplier(Double(operands.right.scale) / unit)
    let room = Float(Int32(1) &<< (2 * leftShift))
    output = QuantizedMultiplier(unit * unit / Double(room * operands.output.scale))
  }

  @inline(__always)
  func callAsFunction(_ a: Element, _ b: Element) -> Element {
    let first = left.apply((Int32(truncatingIfNeeded: a) &- operands.left.zeroPoint) &<< leftShift)
    let second = right.apply((Int32(truncatingIfNeeded: b) &- operands.right.zeroPoint) &<< leftShift)
    let difference = first &- second
    let scaled = output.apply(difference &* difference)
    return Element(scaled &+ operands.output.zeroPoint, clampedTo: Element.range32)
  }
}
