package import GraphIR
import Tensors

/// Whether any boolean along the axes in operand 1 is true.
package enum ReduceAny: Operator {
  package static let builtin = BuiltinOperator.reduceAny

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireBool()
    return try AnyTrue().kernel(context)
  }

  private struct AnyTrue: ReductionFunction {
    func run(_ reduction: Reduction, _ arguments: KernelArguments) {
      let input = arguments.input(0, UInt8.self)
      reduction.accumulate(input, into: arguments.output(0, UInt8.self), initial: 0) { $1 == 0 ? $0 : 1 }
    }
  }
}
