package import GraphIR

/// The difference of two tensors that broadcast, and an activation; equals TFLM's SUB, and LiteRT's for
/// uint8 and int64.
package enum Sub: Operator {
  package static let builtin = BuiltinOperator.sub

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    let activation = FusedActivation(context.attributes)
    switch try context.sharedType(inputs: 2) {
    case .float32: return try context.binaryKernel(FloatArithmetic<Difference>(range: activation.floatRange))
    case .int32:
      return try context.binaryKernel(
        IntegerArithmetic<Difference, Int32>(range: activation.integerRange(Int32.self)))
    case .int64:
      return try context.binaryKernel(
        IntegerArithmetic<Difference, Int64>(range: activation.integerRange(Int64.self)))
    case .int8:
      let operands = try QuantizedOperands(context, activation: activation)
      return try context.byteSumKernel(operands, sign: -1, Int8.self)
    case .uint8:
      let operands = try QuantizedOperands(context, activation: activation)
      return try context.byteSumKernel(operands, sign: -1, UInt8.self)
    case .int16:
      let operands = try QuantizedOperands(context, activation: activation)
      return try context.binaryKernel(QuantizedInt16Sum(operands, sign: -1))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16, uint8, int32, int64")
    }
  }

  private enum Difference: ArithmeticOperation {
    @inline(__always)
    static func apply(_ a: Float, _ b: Float) -> Float { a - b }

    @inline(__always)
    static func apply<Element: FixedWidthInteger>(_ a: Element, _ b: Element) -> Element { a &- b }
  }
}
