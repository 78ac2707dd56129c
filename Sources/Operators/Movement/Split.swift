package import GraphIR

/// Operand 1 cut into equal results along the axis that operand 0 names.
package enum Split: Operator {
  package static let builtin = BuiltinOperator.split

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2, outputs: context.node.outputs.count)
    let axis = try IntegerOperand(context, input: 0, types: [.int32])
    return try Splitting.kernel(context, input: 1, axis: axis, sizes: nil)
  }
}
