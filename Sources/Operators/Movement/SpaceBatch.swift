import Tensors

/// What SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND share: one picture's pixels at every n-th place, for each
/// place to start, are pictures of their own.
///
/// The larger picture has edges, axes×2 in operand 2, that the smaller ones hold and it does not: padding
/// in one direction, what is cut off in the other.
struct SpaceBatch: Sendable {
  private let space: Shape
  private let batch: Shape
  private let block: [Int]
  /// Edges before the larger picture, by spatial axis.
  private let before: [Int]

  /// - Throws: `invalidShape` where shapes, blocks and edges do not fit.
  fileprivate init(space: Shape, batch: Shape, block: [Int], edges: [Int]) throws(KernelError) {
    let axes = block.indices
    guard edges.count == 2 * block.count, edges.allSatisfy({ $0 >= 0 }), block.allSatisfy({ $0 > 0 }) else {
      throw .invalidShape("block \(block) and edges \(edges) must be positive, two edges for each block size")
    }
    let count = block.reduce(1) { $0.saturatingMultiply($1) }
    let isFitting =
      space.rank == batch.rank && space.rank >= 1 + block.count
      && batch[0] == space[0].saturatingMultiply(count)
      && axes.allSatisfy {
        batch[$0 + 1].saturatingMultiply(block[$0]) == space[$0 + 1] + edges[2 * $0] + edges[2 * $0 + 1]
      } && (1 + block.count..<space.rank).allSatisfy { space[$0] == batch[$0] }
    guard isFitting else {
      throw .invalidShape("\(space) and \(batch) do not fit block \(block) and edges \(edges)")
    }
    self.space = space
    self.batch = batch
    self.block = block
    before = axes.map { edges[2 * $0] }
  }

  static func kernel(_ context: NodeContext, isToBatch: Bool) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 3...3)
    try context.requireSameType()
    let width = try context.movableByteCount(input: 0)
    let input = try context.inputShape(0)
    let output = try context.outputShape()
    let operands = [try IntegerOperand(context, input: 1), try IntegerOperand(context, input: 2)]
    let plan = SpaceBatchPlan(
      width: width, input: input, output: output, zero: isToBatch ? try context.zeroElement() : nil)
    return try plan.kernel(for: operands)
  }

  /// One copy for each place to start.
  fileprivate func copies(width: Int, isToBatch: Bool) throws(KernelError) -> [AffineCopy] {
    let blockCount = block.reduce(1, *)
    let counts =
      isToBatch ? (space.elementCount, batch.elementCount) : (batch.elementCount, space.elementCount)
    guard counts.0 > 0, counts.1 > 0 else { return [] }
    var copies: [AffineCopy] = []
    for place in 0..<blockCount {
      let part = part(place)
      copies.append(
        try AffineCopy(
          width: width, start: isToBatch ? (part.space, part.batch) : (part.batch, part.space),
          axes: part.axes.map {
            isToBatch
              ? AffineCopy.Axis(count: $0.count, source: $0.space, target: $0.batch)
              : AffineCopy.Axis(count: $0.count, source: $0.batch, target: $0.space)
          }, counts: counts))
    }
    return copies
  }

  private struct Part {
    var space = 0
    var batch: Int
    var axes: [(count: Int, space: Int, batch: Int)]
  }

  /// The pixels that start at a place within a block.
  private func part(_ place: Int) -> Part {
    let (wide, narrow) = (space.strides, batch.strides)
    var part = Part(batch: place * space[0] * narrow[0], axes: [(space[0], wide[0], narrow[0])])
    var rest = place
    var offsets = block
    for index in block.indices.reversed() {
      offsets[index] = rest % block[index]
      rest /= block[index]
    }
    for index in block.indices {
      let (axis, size) = (index + 1, block[index])
      let shift = before[index] - offsets[index]
      let first = shift > 0 ? (shift + size - 1) / size : 0
      let start = first * size - shift
      let count = start < space[axis] ? (space[axis] - start + size - 1) / size : 0
      part.space += count > 0 ? start * wide[axis] : 0
      part.batch += count > 0 ? first * narrow[axis] : 0
      part.axes.append((count, size &* wide[axis], narrow[axis]))
    }
    for axis in 1 + block.count..<space.rank { part.axes.append((space[axis], wide[axis], narrow[axis])) }
    return part
  }
}

private struct SpaceBatchPlan: KernelPlan {
  let width: Int
  let input: Shape
  let output: Shape
  /// What lies around the larger picture, where it is the input; nil where it is the output.
  let zero: [UInt8]?

  func kernel(_ operands: [[Int]]) throws(KernelError) -> AffineCopies {
    let isToBatch = zero != nil
    if let dimensions = Self.dimensions(of: input, operands, isToBatch), dimensions != output.dimensions {
      let reason = "\(isToBatch ? input : output) and \(isToBatch ? output : input) do not fit block "
      throw .wrongOutput(
        0, gives: dimensions, reason: reason + "\(operands[0]) and edges \(operands[1])")
    }
    let pictures = try SpaceBatch(
      space: isToBatch ? input : output, batch: isToBatch ? output : input, block: operands[0],
      edges: operands[1])
    let copies = try pictures.copies(width: width, isToBatch: isToBatch)
    return AffineCopies(copies.map { AffineCopies.Route(copy: $0) }, filling: zero)
  }
  /// The result's dimensions; nil where block and edges do not fit the input.
  private static func dimensions(of input: Shape, _ operands: [[Int]], _ isToBatch: Bool) -> [Int]? {
    let (block, edges) = (operands[0], operands[1])
    let count = block.reduce(1) { $0.saturatingMultiply($1) }
    guard edges.count == 2 * block.count, edges.allSatisfy({ $0 >= 0 }), block.allSatisfy({ $0 > 0 }),
      input.rank >= 1 + block.count, isToBatch || input[0] % count == 0
    else { return nil }
    var dimensions = input.dimensions
    dimensions[0] = isToBatch ? input[0].saturatingMultiply(count) : input[0] / count
    for axis in block.indices {
      let edge = edges[2 * axis] + edges[2 * axis + 1]
      let size = input[axis + 1]
      guard !isToBatch || (size + edge) % block[axis] == 0 else { return nil }
      dimensions[axis + 1] =
        isToBatch ? (size + edge) / block[axis] : size.saturatingMultiply(block[axis]) - edge
    }
    return dimensions
  }
}
