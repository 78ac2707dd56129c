package import GraphIR

/// The largest stored number along the axes in operand 1; input and output are quantized alike.
package enum ReduceMax: Operator {
  package static let builtin = BuiltinOperator.reduceMax

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try Extremum.kernel(context, isMaximum: true)
  }
}
