package import GraphIR
import Tensors

/// A box of operand 0: begin (operand 1) and size (operand 2) for each axis; a size of −1 reaches to the
/// axis's end.
package enum Slice: Operator {
  package static let builtin = BuiltinOperator.slice

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 3...3)
    try context.requireSameType()
    let width = try context.movableByteCount(input: 0)
    let input = try context.inputShape(0)
    let output = try context.outputShape()
    let operands = [try IntegerOperand(context, input: 1), try IntegerOperand(context, input: 2)]
    guard operands.allSatisfy({ $0.count == input.rank }) else {
      throw .invalidShape("begin and size must have a number for each axis of \(input)")
    }
    let plan = SlicePlan(width: width, input: input, output: output)
    return try plan.kernel(for: operands)
  }
}

private struct SlicePlan: KernelPlan {
  let width: Int
  let input: Shape
  let output: Shape

  func kernel(_ operands: [[Int]]) throws(KernelError) -> AffineCopies {
    let begin = operands[0]
    let size = input.dimensions.indices.map {
      operands[1][$0] == -1 ? input[$0] - begin[$0] : operands[1][$0]
    }
    for axis in input.dimensions.indices {
      guard begin[axis] >= 0, size[axis] >= 0, begin[axis] + size[axis] <= input[axis] else {
        throw .invalidShape("\(size[axis]) indices from \(begin[axis]) leave axis \(axis) of \(input)")
      }
    }
    try NodeContext.requireOutput(output, is: size)
    return AffineCopies(
      try AffineCopy(
        width: width, start: (input.offset(of: begin), 0), axes: output.axes(source: input.strides),
        counts: (input.elementCount, output.elementCount)))
  }
}
