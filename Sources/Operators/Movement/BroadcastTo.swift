package import GraphIR
import Tensors

/// Operand 0 repeated along its axes of size 1, and along new leading ones, to the shape in operand 1.
package enum BroadcastTo: Operator {
  package static let builtin = BuiltinOperator.broadcastTo

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    try context.requireSameType()
    let width = try context.movableByteCount(input: 0)
    let input = try context.inputShape(0)
    let output = try context.outputShape()
    let shape = try IntegerOperand(context, input: 1)
    let plan = BroadcastPlan(width: width, input: input, output: output)
    return try plan.kernel(for: [shape])
  }
}

private struct BroadcastPlan: KernelPlan {
  let width: Int
  let input: Shape
  let output: Shape

  func kernel(_ operands: [[Int]]) throws(KernelError) -> AffineCopies {
    try NodeContext.requireOutput(output, is: operands[0])
    let lead = output.rank - input.rank
    let isFitting = input.dimensions.indices.allSatisfy {
      input[$0] == 1 || (lead >= 0 && input[$0] == output[$0 + lead])
    }
    guard lead >= 0, isFitting else {
      throw .invalidShape("\(input) does not broadcast to \(output)")
    }
    let strides = zip(input.dimensions, input.strides).map { $0 == 1 ? 0 : $1 }
    return AffineCopies(
      try AffineCopy(
        width: width, axes: output.axes(source: [Int](repeating: 0, count: lead) + strides),
        counts: (input.elementCount, output.elementCount)))
  }
}
