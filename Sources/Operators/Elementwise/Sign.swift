package import GraphIR

/// 1, 0 or −1 by the sign of every element, NaN for NaN; equals LiteRT's SIGN.
package enum Sign: Operator {
  package static let builtin = BuiltinOperator.sign

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 1) {
    case .float32: return try context.unaryKernel(FloatSign())
    case .int32: return try context.unaryKernel(IntegerSign())
    default: throw context.refusal(ofInput: 0, takes: "float32, int32")
    }
  }

  private struct FloatSign: UnaryFunction {
    @inline(__always)
    func callAsFunction(_ x: Float) -> Float { x.isNaN ? x : x > 0 ? 1 : x < 0 ? -1 : 0 }
  }

  private struct IntegerSign: UnaryFunction {
    @inline(__always)
    func callAsFunction(_ x: Int32) -> Int32 { x.signum() }
  }
}
