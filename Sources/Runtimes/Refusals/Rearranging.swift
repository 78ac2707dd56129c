import GraphIR
import Tensors

/// TRANSPOSE, REVERSE_V2, blocks of space and depth, and resizing.
extension NodeRefusals {
  static func transpose(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.hasRank(over: 5, .input(0)) ?? site.differInType(.input(0), .output(0))
      ?? site.isComputed(.input(1)) ?? site.hasRank(outside: 1...1, .input(1))
      ?? site.unchecked(site.isNot(.int32, at: .input(1)))
    {
      return refusal
    }
    guard let input = site.input(0), let order = site.input(1)?.integers, let output = site.output(0) else {
      return nil
    }
    guard order.count == input.rank, order.allSatisfy({ (0..<input.rank).contains($0) }) else {
      return site.refuse(.operands, "takes an order of all its dimensions", Remedy.convert)
    }
    guard order.map({ input.dimensions[$0] }) == output.dimensions else {
      return site.misreads(.shape, "finds a result that its order does not give", Remedy.fixShapes)
    }
    return nil
  }

  static func reverse(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.hasRank(outside: 1...1, .input(1)) ?? site.hasRank(over: 8, .input(0))
      ?? site.differInType(.input(0), .output(0)) ?? site.isNot(.int32, at: .input(1))
      ?? site.unchecked(site.differInCount(.input(0), .output(0)))
    {
      return refusal
    }
    guard let input = site.input(0), let axes = site.input(1) else { return nil }
    if axes.elementCount > input.rank { return site.refuse(.operands, "takes no more axes than dimensions") }
    let numbers = (axes.integers ?? []).map { $0 < 0 ? $0 + input.rank : $0 }.sorted()
    guard numbers.allSatisfy({ (0..<input.rank).contains($0) }),
      zip(numbers, numbers.dropFirst()).allSatisfy({ $1 == $0 + 1 })
    else { return site.refuse(.operands, "takes axes side by side that its operand has", Remedy.convert) }
    return nil
  }

  /// DEPTH_TO_SPACE, and SPACE_TO_DEPTH the other way round.
  static func depthToSpace(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.hasRank(outside: 4...4, .input(0), .output(0))
      ?? site.differInType(.input(0), .output(0))
    {
      return refusal
    }
    let block = site.node.attributes.integer("block_size")
    guard block > 0 else { return site.refuse(.options, "needs a block size above 0", Remedy.convert) }
    let isSpread = site.node.code.builtin == .depthToSpace
    let (small, large) = isSpread ? (site.input(0), site.output(0)) : (site.output(0), site.input(0))
    guard let small = small?.dimensions, let large = large?.dimensions, small.count == 4, large.count == 4
    else {
      return nil
    }
    guard small[0] == large[0], Int.product(small[1], block) == large[1],
      Int.product(small[2], block) == large[2],
      small[3] == Int.product(large[3], block, block)
    else {
      let refusal = site.refuse(.shape, "finds a result that its block size does not give", Remedy.fixShapes)
      let isSpace = Int.product(small[1], block) == large[1] && Int.product(small[2], block) == large[2]
      return isSpace ? site.unchecked(refusal) : refusal
    }
    return nil
  }

  /// BATCH_TO_SPACE_ND and SPACE_TO_BATCH_ND, on one or two dimensions of space.
  static func blocks(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.hasRank(outside: 3...4, .input(0), .output(0)) ?? site.differInType(
      .input(0), .output(0))
      ?? site.unchecked(site.isNot(.int32, at: .input(1)) ?? site.isNot(.int32, at: .input(2)))
    {
      return refusal
    }
    guard site.node.code.builtin == .spaceToBatchND, site.input(2)?.integers?.allSatisfy({ $0 == 0 }) == false
    else {
      return nil
    }
    return site.misreads(
      .options, "never sets the value that it pads with, and this pads",
      "Fold it into a dilated convolution, as nnopt optimize does where it can, or put a PAD in front of it.")
  }

  static func resize(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.hasRank(outside: 4...4, .input(0)) ?? site.hasRank(outside: 1...1, .input(1))
      ?? site.isNot(.int32, at: .input(1)) ?? site.isComputed(.input(1))
    {
      return refusal
    }
    let options = site.node.attributes
    if site.node.code.builtin == .resizeBilinear, options.bool("align_corners"),
      options.bool("half_pixel_centers")
    {
      return site.refuse(
        .options, "takes align_corners or half_pixel_centers, not both",
        "Convert the model with one of the two.")
    }
    if site.node.code.builtin == .resizeNearestNeighbor, site.input(1)?.elementCount != 2 {
      return site.refuse(.operands, "takes two sizes", Remedy.convert)
    }
    return site.unchecked(
      site.differInType(.input(0), .output(0)) ?? site.hasRank(outside: 4...4, .output(0))
        ?? resizedShape(site))
  }

  private static func resizedShape(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0), let size = site.input(1)?.integers, let output = site.output(0) else {
      return nil
    }
    guard output.rank == 4, size.count == 2, size == Array(output.dimensions[1...2]),
      input.dimension(0) == output.dimensions[0],
      input.dimension(3) == output.dimensions[3]
    else { return site.refuse(.shape, "finds a result of another size than asked for", Remedy.fixShapes) }
    return nil
  }
}
