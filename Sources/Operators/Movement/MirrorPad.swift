package import GraphIR
import Tensors

/// A tensor with its own elements mirrored around it, as many before and behind each axis as operand 1
/// (axes×2) says: REFLECT (`mode` 0) leaves out the edge itself, SYMMETRIC (1) repeats it.
package enum MirrorPad: Operator {
  package static let builtin = BuiltinOperator.mirrorPad

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    try context.requireSameType()
    let width = try context.movableByteCount(input: 0)
    let input = try context.inputShape(0)
    let output = try context.outputShape()
    let mode = context.attributes.integer("mode")
    guard mode == 0 || mode == 1 else { throw .unsupported("mode is \(mode), not REFLECT or SYMMETRIC") }
    let paddings = try PaddingOperand(context, rank: input.rank)
    let plan = MirrorPlan(width: width, input: input, output: output, mode: mode, paddings: paddings)
    return try plan.kernel(for: [paddings.operand])
  }
}

private struct MirrorPlan: KernelPlan {
  let width: Int
  let input: Shape
  let output: Shape
  let mode: Int
  let paddings: PaddingOperand

  func kernel(_ operands: [[Int]]) throws(KernelError) -> MirroredBlocks {
    let (before, after) = try paddings.pairs(operands[0])
    let most = input.dimensions.map { $0 - (1 - mode) }
    for axis in most.indices where max(before[axis], after[axis]) > most[axis] {
      throw .invalidShape(
        "\(before[axis]) and \(after[axis]) elements cannot mirror axis \(axis) of \(input)")
    }
    let axes = input.dimensions.indices
    try NodeContext.requireOutput(output, is: axes.map { before[$0] + input[$0] + after[$0] })
    guard output.elementCount > 0 else { return MirroredBlocks(places: [[]], byteCount: 0) }
    try NodeContext.requireTable(entries: output.dimensions.saturatingSum)
    let padded = axes.prefix(1 + (axes.last { before[$0] + after[$0] > 0 } ?? -1))
    return MirroredBlocks(
      places: padded.map { axis in
        mirrored(input[axis], before[axis], after[axis], edge: 1 - mode)
          .map { $0 * input.strides[axis] * width }
      }, byteCount: input.elementCount(padded.count..<input.rank) * width)
  }

  /// The element of an axis at each place of the padded axis.
  private func mirrored(_ count: Int, _ before: Int, _ after: Int, edge: Int) -> [Int] {
    (0..<before).map { before + edge - 1 - $0 } + Array(0..<count)
      + (0..<after).map { count - 1 - edge - $0 }
  }
}

/// Where the blocks of a mirrored tensor come from.
private struct MirroredBlocks: Kernel {
  /// How far into the input the index of each axis reaches, in bytes; axes behind the last padded one
  /// make the block.
  let places: [[Int]]
  /// Bytes of a block.
  let byteCount: Int

  func run(_ arguments: KernelArguments) {
    let source = arguments.input(0, UInt8.self)
    let target = arguments.output(0, UInt8.self)
    let row = places.last ?? [0]
    let outer = places.dropLast()
    var position = [Int](repeating: 0, count: outer.count)
    var written = 0
    while true {
      let start = zip(outer, position).reduce(0) { $0 + $1.0[$1.1] }
      for place in row {
        target.copy(from: source, start + place..<start + place + byteCount, to: written)
        written += byteCount
      }
      var axis = outer.count - 1
      while axis >= 0 {
        position[axis] += 1
        if position[axis] < outer[axis].count { break }
        position[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
