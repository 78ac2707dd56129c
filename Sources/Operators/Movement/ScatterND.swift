package import GraphIR
import Tensors

/// Zeros in the shape of operand 2, and the slices of operand 1 added at the index tuples in operand 0;
/// for bool, a slice sets what it says.
package enum ScatterND: Operator {
  package static let builtin = BuiltinOperator.scatterND

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.input(1).elementType {
    case .float32: try kernel(context, Float(0)) { $0 + $1 }
    case .int8: try kernel(context, Int8(0)) { $0 &+ $1 }
    case .uint8: try kernel(context, UInt8(0)) { $0 &+ $1 }
    case .bool: try kernel(context, UInt8(0)) { ($0 | $1) == 0 ? 0 : 1 }
    case .int32: try kernel(context, Int32(0)) { $0 &+ $1 }
    case .int64: try kernel(context, Int64(0)) { $0 &+ $1 }
    case let type:
      throw .unsupportedType("input 1 is \(type); SCATTER_ND takes float32, int8, uint8, bool, int32, int64")
    }
  }

  private static func kernel<Element: BitwiseCopyable & Sendable>(
    _ context: NodeContext, _ zero: Element, _ add: @escaping @Sendable (Element, Element) -> Element
  ) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 3...3)
    try context.requireSameType(input: 1)
    try context.requireDense(input: 1)
    let output = try context.outputShape()
    let updates = try context.inputShape(1)
    let slices = try IndexedSlices(
      of: output, indices: IndexOperand(context, input: 0, types: [.int32]), width: 1)
    try NodeContext.require(updates, is: slices.gatheredDimensions, "input 1")
    let shape = try IntegerOperand(context, input: 2, types: [.int32])
    return try PlannedKernel([shape]) { operands throws(KernelError) in
      try NodeContext.require(output, is: operands[0], "output 0")
    } _: { _, arguments throws(KernelError) in
      let source = arguments.input(1, Element.self)
      let target = arguments.output(0, Element.self)
      target.fill(zero)
      try slices.forEach(arguments) { slice, place in
        for index in 0..<slices.byteCount {
          target[slice + index] = add(target[slice + index], source[place + index])
        }
      }
    }
  }
}
