package import GraphIR
import Tensors

/// The elements in opposite order along the axes in operand 1.
package enum ReverseV2: Operator {
  package static let builtin = BuiltinOperator.reverseV2

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    try context.requireSameType()
    let width = try context.movableByteCount(input: 0)
    let input = try context.inputShape(0)
    try context.requireOutput(shape: input.dimensions)
    let axes = try IntegerOperand(context, input: 1)
    let plan = ReversePlan(width: width, input: input)
    return try plan.kernel(for: [axes])
  }
}

private struct ReversePlan: KernelPlan {
  let width: Int
  let input: Shape

  func kernel(_ operands: [[Int]]) throws(KernelError) -> AffineCopies {
    var strides = input.strides
    var start = 0
    var isReversed = [Bool](repeating: false, count: input.rank)
    for number in operands[0] {
      let axis = try input.axis(number)
      guard !isReversed[axis] else { throw .invalidShape("axis \(number) stands twice in input 1") }
      isReversed[axis] = true
      start &+= (input[axis] - 1) &* strides[axis]
      strides[axis] = -strides[axis]
    }
    return AffineCopies(
      try AffineCopy(
        width: width, start: (start, 0), axes: input.axes(source: strides),
        counts: (input.elementCount, input.elementCount)))
  }
}
