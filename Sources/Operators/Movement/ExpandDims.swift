package import GraphIR
import Tensors

/// Inserts an axis of size 1 before the axis that operand 1 names; −1 appends one.
package enum ExpandDims: Operator {
  package static let builtin = BuiltinOperator.expandDims

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    let shape = try context.inputShape(0)
    let output = try context.outputShape()
    let axis = try IntegerOperand(context, input: 1)
    guard axis.count == 1 else { throw .invalidShape("input 1 has \(axis.count) elements; it is one axis") }
    let copy = try WholeCopy.ofKnownSize(context)
    return try ExpansionPlan(input: shape, output: output, copy: copy).kernel(for: [axis])
  }
}

private struct ExpansionPlan: KernelPlan {
  let input: Shape
  let output: Shape
  let copy: WholeCopy

  func kernel(_ operands: [[Int]]) throws(KernelError) -> WholeCopy {
    let number = operands[0][0]
    let position = number < 0 ? number + input.rank + 1 : number
    guard (0...input.rank).contains(position) else {
      throw .invalidShape("axis \(number) does not exist behind \(input)")
    }
    var dimensions = input.dimensions
    dimensions.insert(1, at: position)
    try NodeContext.requireOutput(output, is: dimensions)
    return copy
  }
}
