package import GraphIR

/// The smallest stored number along the axes in operand 1; input and output are quantized alike.
package enum ReduceMin: Operator {
  package static let builtin = BuiltinOperator.reduceMin

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try Extremum.kernel(context, isMaximum: false)
  }
}
