package import GraphIR

/// The opposite of every bool; equals TFLM's LOGICAL_NOT.
package enum LogicalNot: Operator {
  package static let builtin = BuiltinOperator.logicalNot

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    guard case .bool = try context.sharedType(inputs: 1) else {
      throw context.refusal(ofInput: 0, takes: "bool")
    }
    return try context.unaryKernel(Negation())
  }

  private struct Negation: UnaryFunction {
    @inline(__always)
    func callAsFunction(_ x: UInt8) -> UInt8 { x == 0 ? 1 : 0 }
  }
}
