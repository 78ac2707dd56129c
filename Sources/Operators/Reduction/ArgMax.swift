package import GraphIR

/// The index of the largest element along the axis in operand 1, the first of equals, as int32 or int64.
package enum ArgMax: Operator {
  package static let builtin = BuiltinOperator.argMax

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try ExtremumIndex.kernel(context, isMaximum: true)
  }
}
