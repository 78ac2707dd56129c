package import GraphIR
import Tensors

/// The sizes of operand 0's axes as int32 or int64.
package enum ShapeOperator: Operator {
  package static let builtin = BuiltinOperator.shape

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1)
    let shape = try context.inputShape(0)
    try context.requireOutput(shape: [shape.rank])
    switch try context.output().elementType {
    case .int32: return IntegerList(integers: shape.dimensions, isWide: false)
    case .int64: return IntegerList(integers: shape.dimensions, isWide: true)
    case let type: throw .unsupportedType("output 0 is \(type), not int32 or int64")
    }
  }
}
