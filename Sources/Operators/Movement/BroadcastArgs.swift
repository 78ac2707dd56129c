package import GraphIR
import Tensors

/// The shape to which two shapes, given as int32 or int64 lists, broadcast.
package enum BroadcastArgs: Operator {
  package static let builtin = BuiltinOperator.broadcastArgs

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    try context.requireSameType(input: 0)
    try context.requireSameType(input: 1)
    let operands = [try IntegerOperand(context, input: 0), try IntegerOperand(context, input: 1)]
    let rank = max(operands[0].count, operands[1].count)
    try context.requireOutput(shape: [rank])
    let isWide = try context.output().elementType == .int64
    return try BroadcastArgsPlan(rank: rank, isWide: isWide).kernel(for: operands)
  }
}

private struct BroadcastArgsPlan: KernelPlan {
  let rank: Int
  let isWide: Bool

  func kernel(_ operands: [[Int]]) throws(KernelError) -> IntegerList {
    let padded = operands.map { [Int](repeating: 1, count: rank - $0.count) + $0 }
    var result: [Int] = []
    for (left, right) in zip(padded[0], padded[1]) {
      guard left == right || left == 1 || right == 1 else {
        throw .invalidData("the shapes \(operands[0]) and \(operands[1]) do not broadcast")
      }
      result.append(left == 1 ? right : left)
    }
    return IntegerList(integers: result, isWide: isWide)
  }
}

/// A result whose integers are known before.
struct IntegerList: Kernel {
  let integers: [Int]
  /// Whether the result is int64, not int32.
  let isWide: Bool

  func run(_ arguments: KernelArguments) {
    if isWide {
      let output = arguments.output(0, Int64.self)
      for (index, integer) in integers.enumerated() { output[index] = Int64(integer) }
    } else {
      let output = arguments.output(0, Int32.self)
      for (index, integer) in integers.enumerated() { output[index] = Int32(truncatingIfNeeded: integer) }
    }
  }
}
