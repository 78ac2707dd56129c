package import GraphIR
import Tensors

/// A tensor of the shape in operand 0, every element that of operand 1.
package enum Fill: Operator {
  package static let builtin = BuiltinOperator.fill

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    try context.requireSameType(input: 1)
    let width = try context.movableByteCount(input: 1)
    let value = try context.inputShape(1)
    guard value.elementCount == 1 else { throw .invalidShape("input 1 is \(value), not one element") }
    let output = try context.outputShape()
    let shape = try IntegerOperand(context, input: 0)
    return try FillPlan(width: width, output: output).kernel(for: [shape])
  }
}

private struct FillPlan: KernelPlan {
  let width: Int
  let output: Shape

  func kernel(_ operands: [[Int]]) throws(KernelError) -> FilledTensor {
    try NodeContext.requireOutput(output, is: operands[0])
    return FilledTensor(width: width)
  }
}

private struct FilledTensor: Kernel {
  /// Bytes of an element.
  let width: Int

  func run(_ arguments: KernelArguments) {
    guard let value = arguments.inputs[1] else { return }
    arguments.outputs[0].fill(repeating: value.firstElement(byteCount: width))
  }
}
