package import GraphIR
import Tensors

/// Slices of operand 0 along `axis` at the indices in operand 1; the first `batch_dims` axes of both go
/// together.
package enum Gather: Operator {
  package static let builtin = BuiltinOperator.gather

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    try context.requireSameType()
    let width = try context.movableByteCount(input: 0)
    let input = try context.inputShape(0)
    let indices = try IndexOperand(context, input: 1)
    let axis = try input.axis(context.attributes.integer("axis"))
    let number = context.attributes.integer("batch_dims")
    let batchRank = number < 0 ? number + indices.shape.rank : number
    guard (0...min(axis, indices.shape.rank)).contains(batchRank),
      (0..<max(batchRank, 0)).allSatisfy({ input[$0] == indices.shape[$0] })
    else {
      throw .invalidShape("batch_dims \(number) does not fit \(input), axis \(axis) and \(indices.shape)")
    }
    let picked = indices.shape.dimensions.dropFirst(batchRank)
    try context.requireOutput(
      shape: Array(input.dimensions[..<axis]) + picked + input.dimensions[(axis + 1)...])
    return IndexedGather(
      indices: indices, batch: input.elementCount(0..<batchRank), outer: input.elementCount(batchRank..<axis),
      picked: picked.reduce(1) { $0.saturatingMultiply($1) }, limit: input[axis],
      byteCount: input.elementCount(axis + 1..<input.rank).saturatingMultiply(width))
  }
}

private struct IndexedGather: Kernel {
  let indices: IndexOperand
  let batch: Int
  let outer: Int
  let picked: Int
  let limit: Int
  /// Bytes of a slice.
  let byteCount: Int

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let source = arguments.input(0, UInt8.self)
    let target = arguments.output(0, UInt8.self)
    guard target.count > 0 else { return }
    try indices.withIndices(arguments) { index throws(KernelError) in
      for row in 0..<batch * outer {
        let first = row / outer * picked
        for place in 0..<picked {
          let start = (row * limit + (try index(first + place, limit))) * byteCount
          target.copy(from: source, start..<start + byteCount, to: (row * picked + place) * byteCount)
        }
      }
    }
  }
}
