package import GraphIR

/// The pixels at every n-th place, for each place to start within a block (operand 1), as batches of their own;
/// operand 2 pads the picture before, with 0 or an 8-bit tensor's zero point as in LiteRT.
package enum SpaceToBatchND: Operator {
  package static let builtin = BuiltinOperator.spaceToBatchND

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try SpaceBatch.kernel(context, isToBatch: true)
  }
}
