package import GraphIR

/// Batches interleaved to one larger picture by blocks (operand 1); operand 2 says how much of its edges
/// is cut off.
package enum BatchToSpaceND: Operator {
  package static let builtin = BuiltinOperator.batchToSpaceND

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try SpaceBatch.kernel(context, isToBatch: false)
  }
}
