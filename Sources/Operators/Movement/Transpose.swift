package import GraphIR
import Tensors

/// The axes in another order: axis i of the result is axis perm[i] (operand 1) of operand 0.
package enum Transpose: Operator {
  package static let builtin = BuiltinOperator.transpose

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    try context.requireSameType()
    let width = try context.movableByteCount(input: 0)
    let input = try context.inputShape(0)
    let output = try context.outputShape()
    let order = try IntegerOperand(context, input: 1)
    let plan = TransposePlan(width: width, input: input, output: output)
    return try plan.kernel(for: [order])
  }
}

private struct TransposePlan: KernelPlan {
  let width: Int
  let input: Shape
  let output: Shape

  func kernel(_ operands: [[Int]]) throws(KernelError) -> AffineCopies {
    var axes: [Int] = []
    for number in operands[0] { axes.append(try input.axis(number)) }
    guard axes.sorted() == Array(0..<input.rank) else {
      throw .invalidShape("input 1 is \(operands[0]), no order of the axes of \(input)")
    }
    try NodeContext.requireOutput(output, is: axes.map { input[$0] })
    let strides = input.strides
    return AffineCopies(
      try AffineCopy(
        width: width, axes: output.axes(source: axes.map { strides[$0] }),
        counts: (input.elementCount, output.elementCount)))
  }
}
