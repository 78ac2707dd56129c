import GraphIR
import Tensors

/// Operators that copy elements.
extension NodeRefusals {
  static let movement: [BuiltinOperator: Rule] = [
    .concatenation: concatenation, .pack: pack, .unpack: unpack, .split: split, .splitV: splitV,
    .gather: gather, .gatherND: gatherND, .dynamicUpdateSlice: dynamicUpdateSlice, .pad: pad, .padv2: pad,
    .mirrorPad: mirrorPad, .slice: slice, .stridedSlice: stridedSlice, .transpose: transpose,
    .reverseV2: reverse, .depthToSpace: depthToSpace, .spaceToDepth: depthToSpace, .batchToSpaceND: blocks,
    .spaceToBatchND: blocks, .resizeBilinear: resize, .resizeNearestNeighbor: resize,
  ]

  private static func pack(_ site: RefusalSite) -> Refusal? {
    for position in site.node.inputs.indices {
      if let refusal = site.lacks(.input(position)) { return refusal }
    }
    for position in site.node.inputs.indices {
      let refusal =
        site.differInType(.output(0), .input(position)) ?? site.differInCount(.input(0), .input(position))
      if let refusal = site.unchecked(refusal) { return refusal }
    }
    guard let input = site.input(0), let output = site.output(0) else { return nil }
    let count = site.node.attributes.integer("values_count")
    guard count == site.node.inputs.count, Int.product(count, input.elementCount) == output.elementCount
    else {
      return site.misreads(.shape, "finds another size of its result than of its operands", Remedy.fixShapes)
    }
    return isNoAxis(site, site.node.attributes.integer("axis"), of: output.rank)
  }

  private static func unpack(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0) else { return nil }
    for position in site.node.outputs.indices {
      let refusal =
        site.differInType(.input(0), .output(position)) ?? site.differInCount(.output(0), .output(position))
      if let refusal = site.unchecked(refusal) { return refusal }
    }
    if let refusal = isNoAxis(site, site.node.attributes.integer("axis"), of: input.rank) { return refusal }
    let count = site.node.attributes.integer("num")
    guard count == site.node.outputs.count, let output = site.output(0),
      Int.product(count, output.elementCount) == input.elementCount
    else {
      return site.misreads(.shape, "finds another size of its results than of its operand", Remedy.fixShapes)
    }
    return nil
  }

  private static func isNoAxis(_ site: RefusalSite, _ axis: Int, of rank: Int) -> Refusal? {
    guard !(-rank..<max(rank, 1)).contains(axis) else { return nil }
    return site.misreads(.options, "has no axis \(axis) for \(rank) dimensions", Remedy.convert)
  }

  private static func split(_ site: RefusalSite) -> Refusal? { splits(site, data: 1, axis: 0) }

  private static func splitV(_ site: RefusalSite) -> Refusal? { splits(site, data: 0, axis: 2) }

  private static func splits(_ site: RefusalSite, data: Int, axis: Int) -> Refusal? {
    if let refusal = site.isComputed(.input(axis)) { return refusal }
    guard let input = site.input(data) else { return nil }
    guard let first = site.input(axis)?.integers?.first, site.input(axis)?.type == .int32 else {
      return site.misreads(.operands, "takes its axis as an int32 number", Remedy.convert)
    }
    guard (-input.rank..<input.rank).contains(first) else {
      return site.refuse(.operands, "has no axis \(first) for \(input.rank) dimensions", Remedy.convert)
    }
    return site.unchecked(splitShapes(site, data: data, along: first < 0 ? first + input.rank : first))
  }

  private static func splitShapes(_ site: RefusalSite, data: Int, along axis: Int) -> Refusal? {
    guard let input = site.input(data) else { return nil }
    var total = 0
    for position in site.node.outputs.indices {
      if let refusal = site.differInType(.input(data), .output(position)) { return refusal }
      guard let size = site.output(position)?.dimension(axis), site.output(position)?.rank == input.rank
      else {
        return site.refuse(.shape, "takes results with as many dimensions as its operand", Remedy.fixShapes)
      }
      total += size
      let others = input.dimensions.indices.filter { $0 != axis }
      guard others.allSatisfy({ site.output(position)?.dimension($0) == input.dimension($0) }) else {
        return site.refuse(
          .shape, "finds results that differ from its operand beside the axis", Remedy.fixShapes)
      }
    }
    guard input.dimension(axis) != total else { return nil }
    return site.refuse(
      .shape, "finds \(total) along the axis in its results, not as many as in its operand", Remedy.fixShapes)
  }

  private static func gather(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0), let indices = site.input(1) else { return nil }
    let options = site.node.attributes
    let axis = options.integer("axis") < 0 ? options.integer("axis") + input.rank : options.integer("axis")
    let batch =
      options.integer("batch_dims") < 0
      ? options.integer("batch_dims") + indices.rank : options.integer("batch_dims")
    guard input.dimensions.indices.contains(axis), (0...axis).contains(batch), batch < input.rank,
      batch <= indices.rank,
      input.dimensions.prefix(batch) == indices.dimensions.prefix(batch)
    else { return site.refuse(.options, "has no such axis, or its batches differ", Remedy.convert) }
    let shape =
      input.dimensions.prefix(axis) + indices.dimensions.dropFirst(batch)
      + input.dimensions.dropFirst(axis + 1)
    return isTooSmall(site, for: Array(shape)) ?? site.unchecked(site.differInType(.input(0), .output(0)))
  }

  private static func gatherND(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0), let indices = site.input(1) else { return nil }
    guard input.rank >= 1, indices.rank >= 1, let depth = indices.dimensions.last, depth >= 0,
      depth <= min(input.rank, 5)
    else {
      return site.refuse(
        .shape, "takes indices of up to 5 numbers, and no more than dimensions", Remedy.fixShapes)
    }
    let shape = indices.dimensions.dropLast() + input.dimensions.dropFirst(depth)
    return isTooSmall(site, for: Array(shape)) ?? site.unchecked(site.differInType(.input(0), .output(0)))
  }

  /// A result whose memory does not hold what the kernel writes.
  private static func isTooSmall(_ site: RefusalSite, for shape: [Int]) -> Refusal? {
    guard let output = site.output(0), shape.reduce(1, { Int.product($0, $1) }) != output.elementCount else {
      return nil
    }
    return site.misreads(.shape, "finds another size of its result than it writes", Remedy.fixShapes)
  }

  private static func dynamicUpdateSlice(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.differInType(.input(0), .input(1)) ?? site.isNot(
      .int32, .int64, at: .input(2))
      ?? site.hasRank(outside: 1...1, .input(2))
    {
      return refusal
    }
    guard let data = site.input(0), let update = site.input(1), let start = site.input(2) else { return nil }
    guard start.elementCount == data.rank, update.rank == data.rank,
      zip(update.dimensions, data.dimensions).allSatisfy({ $0 <= $1 })
    else { return site.refuse(.shape, "finds an update that does not fit its operand", Remedy.fixShapes) }
    return site.unchecked(
      site.differInType(.input(0), .output(0)) ?? site.differInCount(.input(0), .output(0)))
  }
}
