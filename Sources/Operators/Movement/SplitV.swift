package import GraphIR

/// Operand 0 cut into results of the sizes in operand 1 along the axis that operand 2 names; a size of −1
/// is what the others leave.
package enum SplitV: Operator {
  package static let builtin = BuiltinOperator.splitV

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 3...3, outputs: context.node.outputs.count)
    let sizes = try IntegerOperand(context, input: 1)
    let axis = try IntegerOperand(context, input: 2, types: [.int32])
    return try Splitting.kernel(context, input: 0, axis: axis, sizes: sizes)
  }
}
