package import GraphIR
import Tensors

/// Elements of the second input where the first one holds, and of the third elsewhere; equals LiteRT's
/// SELECT. The condition has the others' shape, or one element for each of their first axis.
package enum Select: Operator {
  package static let builtin = BuiltinOperator.select

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let elementByteCount = try context.selectedByteCount()
    let (condition, shape) = try (context.inputShape(0), context.inputShape(1))
    try NodeContext.require(context.inputShape(2), is: shape.dimensions, "input 2")
    guard condition == shape || condition.rank == 0 || condition.dimensions == [shape.dimensions.first] else {
      throw .invalidShape("input 0 is \(condition); it takes \(shape) or its first axis")
    }
    let ones = [Int](repeating: 1, count: shape.rank - condition.rank)
    guard let stretched = Shape(condition.dimensions + ones) else {
      throw .invalidShape("input 0 overflows")
    }
    return try Selection(context, condition: stretched).kernel(elementByteCount: elementByteCount)
  }
}
