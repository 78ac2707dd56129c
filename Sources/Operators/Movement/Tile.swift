package import GraphIR
import Tensors

/// Operand 0 repeated along each axis as often as operand 1 says.
package enum Tile: Operator {
  package static let builtin = BuiltinOperator.tile

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    try context.requireSameType()
    let width = try context.movableByteCount(input: 0)
    let input = try context.inputShape(0)
    let output = try context.outputShape()
    let multiples = try IntegerOperand(context, input: 1)
    guard multiples.count == input.rank else {
      throw .invalidShape("input 1 has \(multiples.count) numbers for the axes of \(input)")
    }
    let plan = TilePlan(width: width, input: input, output: output)
    return try plan.kernel(for: [multiples])
  }
}

private struct TilePlan: KernelPlan {
  let width: Int
  let input: Shape
  let output: Shape

  func kernel(_ operands: [[Int]]) throws(KernelError) -> AffineCopies {
    let multiples = operands[0]
    guard multiples.allSatisfy({ $0 >= 0 }) else {
      throw .invalidShape("the multiples \(multiples) must not be negative")
    }
    try NodeContext.requireOutput(output, is: zip(input.dimensions, multiples).map { $0 * $1 })
    let (from, to) = (input.strides, output.strides)
    let axes = input.dimensions.indices.flatMap { axis in
      [
        AffineCopy.Axis(count: multiples[axis], source: 0, target: input[axis] &* to[axis]),
        AffineCopy.Axis(count: input[axis], source: from[axis], target: to[axis]),
      ]
    }
    return AffineCopies(
      try AffineCopy(width: width, axes: axes, counts: (input.elementCount, output.elementCount)))
  }
}
