package import GraphIR
import Tensors

/// Every n-th element of ranges of the axes: begin (operand 1), end (operand 2) and stride (operand 3) for
/// the leading axes, with the masks of TensorFlow's slicing: ellipsis, new axes, axes reduced to one index,
/// open begins and ends, and ends that count from the begin (`offset`).
package enum StridedSlice: Operator {
  package static let builtin = BuiltinOperator.stridedSlice

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 4...4)
    try context.requireSameType()
    let width = try context.movableByteCount(input: 0)
    let input = try context.inputShape(0)
    let output = try context.outputShape()
    var operands: [IntegerOperand] = []
    for position in 1...3 { operands.append(try IntegerOperand(context, input: position)) }
    guard operands[0].count == operands[1].count, operands[0].count == operands[2].count,
      operands[0].count < 32
    else { throw .invalidShape("begin, end and strides must have as many elements, at most 31") }
    let plan = StridedSlicePlan(
      width: width, input: input, output: output, masks: SliceMasks(context.attributes))
    return try plan.kernel(for: operands)
  }
}

private struct StridedSlicePlan: KernelPlan {
  let width: Int
  let input: Shape
  let output: Shape
  let masks: SliceMasks

  func kernel(_ operands: [[Int]]) throws(KernelError) -> AffineCopies {
    let slices = try masks.slices(of: input, begin: operands[0], end: operands[1], stride: operands[2])
    try NodeContext.requireOutput(output, is: slices.filter { !$0.isDropped }.map(\.count))
    return AffineCopies(try copy(slices))
  }

  private func copy(_ slices: [AxisSlice]) throws(KernelError) -> AffineCopy {
    let strides = input.strides
    var start = 0
    var axes: [AffineCopy.Axis] = []
    var target = output.elementCount
    for slice in slices {
      target = slice.count > 0 ? target / slice.count : 0
      let distance = slice.axis.map { strides[$0] } ?? 0
      if slice.count > 0 { start &+= slice.start &* distance }
      axes.append(
        AffineCopy.Axis(
          count: slice.count, source: slice.count > 1 ? slice.stride &* distance : 0, target: target))
    }
    return try AffineCopy(
      width: width, start: (start, 0), axes: axes, counts: (input.elementCount, output.elementCount))
  }
}
