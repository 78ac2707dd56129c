package import GraphIR

/// The negative of every element; equals TFLM's NEG for float32, and LiteRT's for int32 and int64.
package enum Neg: Operator {
  package static let builtin = BuiltinOperator.neg

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 1) {
    case .float32: return try context.unaryKernel(FloatNegation())
    case .int32: return try context.unaryKernel(IntegerNegation<Int32>())
    case .int64: return try context.unaryKernel(IntegerNegation<Int64>())
    default: throw context.refusal(ofInput: 0, takes: "float32, int32, int64")
    }
  }

  private struct FloatNegation: UnaryFunction {
    @inline(__always)
    func callAsFunction(_ x: Float) -> Float { -x }
  }

  private struct IntegerNegation<Element: KernelInteger>: UnaryFunction {
    @inline(__always)
    func callAsFunction(_ x: Element) -> Element { 0 &- x }
  }
}
