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
    return try PlannedKernel([order]) { operands throws(KernelError) in
      var axes: [Int] = []
      for number in operands[0] { axes.append(try input.axis(number)) }
      guard axes.sorted() == Array(0..<input.rank) else {
        throw .invalidShape("input 1 is \(operands[0]), no order of the axes of \(input)")
      }
      try NodeContext.require(output, is: axes.map { input[$0] }, "output 0")
      let strides = input.strides
      return try AffineCopy(
        width: width, axes: output.axes(source: axes.map { strides[$0] }),
        counts: (input.elementCount, output.elementCount))
    } _: { copy, arguments in
      if let source = arguments.inputs[0] { copy.run(from: source, to: arguments.outputs[0]) }
    }
  }
}
