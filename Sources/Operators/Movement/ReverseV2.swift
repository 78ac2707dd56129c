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
    return try PlannedKernel([axes]) { operands throws(KernelError) in
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
      return try AffineCopy(
        width: width, start: (start, 0), axes: input.axes(source: strides),
        counts: (input.elementCount, input.elementCount))
    } _: { copy, arguments in
      if let source = arguments.inputs[0] { copy.run(from: source, to: arguments.outputs[0]) }
    }
  }
}
