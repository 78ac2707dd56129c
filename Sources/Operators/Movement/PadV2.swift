package import GraphIR

/// A constant, operand 2, around a tensor, as many elements before and behind each axis as operand 1
/// (axes×2) says. The constant's stored number is taken as it is.
package enum PadV2: Operator {
  package static let builtin = BuiltinOperator.padv2

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 3...3)
    let type = try context.input(0).elementType
    guard try context.input(2).elementType == type else {
      throw .unsupportedType("input 2 is \(try context.input(2).elementType), but input 0 is \(type)")
    }
    try context.requireDense(input: 2)
    guard try context.inputShape(2).elementCount == 1 else {
      throw .invalidShape("input 2 is \(try context.inputShape(2)), not one element")
    }
    return try ConstantPadding.kernel(context, .operand(2))
  }
}
