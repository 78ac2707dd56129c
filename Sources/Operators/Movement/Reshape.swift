package import GraphIR

/// The same elements in another shape. The output's declared shape says which; TFLM and LiteRT find the
/// same one in the second operand or the options.
package enum Reshape: Operator {
  package static let builtin = BuiltinOperator.reshape

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...2)
    return try WholeCopy(context)
  }
}
