package import GraphIR
import Tensors

/// Operand 0 with operand 1 written over it at the indices in operand 2, which are moved so that the update
/// lies inside.
package enum DynamicUpdateSlice: Operator {
  package static let builtin = BuiltinOperator.dynamicUpdateSlice

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 3...3)
    try context.requireSameType(input: 0)
    try context.requireSameType(input: 1)
    let width = try context.movableByteCount(input: 0)
    try context.requireDense(input: 1)
    let operand = try context.inputShape(0)
    let update = try context.inputShape(1)
    try context.requireOutput(shape: operand.dimensions)
    let isFitting =
      operand.rank == update.rank && operand.dimensions.indices.allSatisfy { update[$0] <= operand[$0] }
    guard isFitting else { throw .invalidShape("the update \(update) does not fit into \(operand)") }
    let begin = try IntegerOperand(context, input: 2)
    guard begin.count == operand.rank else {
      throw .invalidShape("input 2 has \(begin.count) indices for the axes of \(operand)")
    }
    let plan = UpdatePlan(width: width, operand: operand, update: update)
    return try plan.kernel(for: [begin])
  }
}

private struct UpdatePlan: KernelPlan {
  let width: Int
  let operand: Shape
  let update: Shape

  func kernel(_ operands: [[Int]]) throws(KernelError) -> UpdatedCopy {
    let begin = operand.dimensions.indices.map {
      min(max(operands[0][$0], 0), operand[$0] - update[$0])
    }
    return UpdatedCopy(
      update: try AffineCopy(
        width: width, start: (0, operand.offset(of: begin)), axes: update.axes(target: operand.strides),
        counts: (update.elementCount, operand.elementCount)))
  }
}

/// Operand 0, and operand 1 copied over it.
private struct UpdatedCopy: Kernel {
  let update: AffineCopy

  func run(_ arguments: KernelArguments) {
    let target = arguments.output(0, UInt8.self)
    target.copy(from: arguments.input(0, UInt8.self), 0..<target.count, to: 0)
    if let source = arguments.inputs[1] { update.run(from: source, to: arguments.outputs[0]) }
  }
}
