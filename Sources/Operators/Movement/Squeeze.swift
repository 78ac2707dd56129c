package import GraphIR

/// Drops axes of size 1: those in `squeeze_dims`, or all of them where the list is empty.
package enum Squeeze: Operator {
  package static let builtin = BuiltinOperator.squeeze

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1)
    let shape = try context.inputShape(0)
    var isDropped = shape.dimensions.map { _ in false }
    for number in context.attributes.integers("squeeze_dims") {
      let axis = try shape.axis(number)
      guard shape[axis] == 1 else { throw .invalidShape("axis \(number) of \(shape) is not 1") }
      isDropped[axis] = true
    }
    if !isDropped.contains(true) { isDropped = shape.dimensions.map { $0 == 1 } }
    let kept = zip(shape.dimensions, isDropped).filter { !$0.1 }.map(\.0)
    try context.requireOutput(shape: kept)
    return try WholeCopy(context)
  }
}
