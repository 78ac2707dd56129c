package import GraphIR
import Tensors

/// Whether all booleans along the axes in operand 1 are true.
package enum ReduceAll: Operator {
  package static let builtin = BuiltinOperator.reduceAll

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireBool()
    return try AllTrue().kernel(context)
  }

  private struct AllTrue: ReductionFunction {
    func run(_ reduction: Reduction, _ arguments: KernelArguments) {
      let input = arguments.input(0, UInt8.self)
      reduction.accumulate(input, into: arguments.output(0, UInt8.self), initial: 1) { $1 == 0 ? 0 : $0 }
    }
  }
}

extension NodeContext {
  /// - Throws: `unsupportedType` where operand 0 is not bool.
  func requireBool() throws(KernelError) {
    let type = try input(0).elementType
    guard type == .bool else { throw .unsupportedType("input 0 is \(type); the operator takes bool") }
  }
}
