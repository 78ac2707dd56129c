package import GraphIR
import Tensors

/// How many axes operand 0 has, as an int32 without axes. Equals LiteRT's `rank.cc`.
package enum Rank: Operator {
  package static let builtin = BuiltinOperator.rank

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1)
    try context.requireOutput(shape: [])
    guard try context.output().elementType == .int32 else {
      throw .unsupportedType("output 0 is \(try context.output().elementType), not int32")
    }
    return IntegerList(integers: [try context.inputShape(0).rank], isWide: false)
  }
}
