package import GraphIR

/// The index of the smallest element along the axis in operand 1, the first of equals, as int32 or int64.
package enum ArgMin: Operator {
  package static let builtin = BuiltinOperator.argMin

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try ExtremumIndex.kernel(context, isMaximum: false)
  }
}
