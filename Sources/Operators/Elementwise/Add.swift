package import GraphIR

/// The sum of two tensors that broadcast, and an activation; equals TFLM's ADD, and LiteRT's for uint8 and
/// int64.
///
/// As in TFLM the activation is ignored for int32, and `pot_scale_int16` always.
package enum Add: Operator {
  package static let builtin = BuiltinOperator.add

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    let activation = FusedActivation(context.attributes)
    switch try context.sharedType(inputs: 2) {
    case .float32: return try context.binaryKernel(FloatArithmetic<Sum>(range: activation.floatRange))
    case .int32:
      return try context.binaryKernel(IntegerArithmetic<Sum, Int32>(range: .min ... .max))
    case .int64:
      return try context.binaryKernel(
        IntegerArithmetic<Sum, Int64>(range: activation.integerRange(Int64.self)))
    case .int8:
      let operands = try QuantizedOperands(context, activation: activation)
      return try context.byteSumKernel(operands, sign: 1, Int8.self)
    case .uint8:
      let operands = try QuantizedOperands(context, activation: activation)
      return try context.byteSumKernel(operands, sign: 1, UInt8.self)
    case .int16:
      let operands = try QuantizedOperands(context, activation: activation)
      return try context.binaryKernel(QuantizedInt16Sum(operands, sign: 1))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16, uint8, int32, int64")
    }
  }

  private enum Sum: ArithmeticOperation {
    @inline(__always)
    static func apply(_ a: Float, _ b: Float) -> Float { a + b }

    @inline(__always)
    static func apply<Element: FixedWidthInteger>(_ a: Element, _ b: Element) -> Element { a &+ b }
  }
}
