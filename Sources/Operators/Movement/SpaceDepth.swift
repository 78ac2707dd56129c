import GraphIR
import Tensors

/// What SPACE_TO_DEPTH and DEPTH_TO_SPACE share: blocks of `block_size`² pixels of the larger picture are
/// the channels of one pixel of the smaller.
enum SpaceDepth {
  static func kernel(_ context: NodeContext, isToDepth: Bool) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1)
    try context.requireSameType()
    let width = try context.movableByteCount(input: 0)
    let input = try context.inputShape(0)
    let output = try context.outputShape()
    let block = context.attributes.integer("block_size")
    let (space, depth) = isToDepth ? (input, output) : (output, input)
    guard input.rank == 4, block > 0 else {
      throw .invalidShape("input 0 is \(input), output 0 \(output), not N×H×W×C; block_size is \(block)")
    }
    let reason = "input 0 is \(input) and output 0 \(output); they do not fit block_size \(block)"
    guard let dimensions = Self.dimensions(of: input, block: block, isToDepth: isToDepth) else {
      throw .invalidShape(reason)
    }
    guard output.dimensions == dimensions else { throw .wrongOutput(0, gives: dimensions, reason: reason) }
    let copy = try AffineCopy(
      width: width,
      axes: axes(space: space, depth: depth, block: block).map {
        isToDepth
          ? AffineCopy.Axis(count: $0.count, source: $0.space, target: $0.depth)
          : AffineCopy.Axis(count: $0.count, source: $0.depth, target: $0.space)
      }, counts: (input.elementCount, output.elementCount))
    return AffineCopies(copy)
  }

  /// The result's dimensions; nil where the picture's do not divide.
  private static func dimensions(of input: Shape, block: Int, isToDepth: Bool) -> [Int]? {
    let squared = block.saturatingMultiply(block)
    if isToDepth {
      guard input[1] % block == 0, input[2] % block == 0 else { return nil }
      return [input[0], input[1] / block, input[2] / block, input[3].saturatingMultiply(squared)]
    }
    guard input[3] % squared == 0 else { return nil }
    return [
      input[0], input[1].saturatingMultiply(block), input[2].saturatingMultiply(block), input[3] / squared,
    ]
  }

  private static func axes(
    space: Shape, depth: Shape, block: Int
  ) -> [(count: Int, space: Int, depth: Int)] {
    let (wide, deep) = (space.strides, depth.strides)
    return [
      (space[0], wide[0], deep[0]), (depth[1], block &* wide[1], deep[1]),
      (block, wide[1], block &* space[3]), (depth[2], block &* wide[2], deep[2]), (block, wide[2], space[3]),
      (space[3], 1, 1),
    ]
  }
}
