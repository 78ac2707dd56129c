import GraphIR
import Tensors

/// Operators that give data another shape, and those that make shapes.
extension NodeRefusals {
  static let shapes: [BuiltinOperator: Rule] = [
    .reshape: reshape, .squeeze: squeeze, .expandDims: expandDims, .broadcastTo: broadcastTo,
    .broadcastArgs: broadcastArgs, .fill: fill, .shape: shapeOf,
  ]

  private static func reshape(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0), let output = site.output(0) else { return nil }
    if let refusal = site.differInType(.input(0), .output(0)) { return refusal }
    // A file from before 2019 says "scalar" so.
    let isScalar = site.node.inputs.count == 1 && output.dimensions == [0] && input.elementCount == 1
    guard !isScalar, input.elementCount != output.elementCount else { return nil }
    let isOpen = (site.input(1)?.integers ?? site.node.attributes.integers("new_shape")).contains(-1)
    let text = "finds \(input.elementCount) elements for a result of \(output.elementCount)"
    return isOpen
      ? site.refuse(
        .shape, "\(text): the converter has put 1 where the new shape has −1", Remedy.fixShapes)
      : site.refuse(.shape, text, Remedy.fixShapes)
  }

  private static func squeeze(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0), let output = site.output(0) else { return nil }
    if let refusal = site.hasRank(over: 8, .input(0)) { return refusal }
    let axes = site.node.attributes.integers("squeeze_dims").map { $0 < 0 ? $0 + input.rank : $0 }
    if let axis = axes.first(where: { input.dimension($0) != 1 }) {
      return site.refuse(.shape, "cannot drop dimension \(axis), which is not 1", Remedy.fixShapes)
    }
    let kept = input.dimensions.indices.filter {
      axes.isEmpty ? input.dimensions[$0] != 1 : !axes.contains($0)
    }
    let isSmall =
      zip(kept, output.dimensions).contains { input.dimensions[$0] > $1 } || kept.count > output.rank
    if isSmall { return site.refuse(.shape, "finds a result that is too small", Remedy.fixShapes) }
    let isFull = input.value.byteCount == output.value.byteCount
    return isFull ? nil : site.refuse(.shape, "finds a result of another size", Remedy.fixShapes)
  }

  private static func expandDims(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.isComputed(.input(1)) { return refusal }
    guard let input = site.input(0), let axes = site.input(1), let output = site.output(0) else { return nil }
    guard axes.type == .int32, axes.rank <= 1, let first = axes.integers?.first else {
      return site.refuse(.operands, "takes one axis as an int32 number", Remedy.convert)
    }
    let axis = first < 0 ? first + input.rank + 1 : first
    guard (0...input.rank).contains(axis) else {
      return site.refuse(.operands, "has no axis \(first) for \(input.rank) dimensions", Remedy.convert)
    }
    var wanted = input.dimensions
    wanted.insert(1, at: axis)
    if wanted != output.dimensions {
      return site.refuse(.shape, "finds another shape of its result than the axis gives", Remedy.fixShapes)
    }
    return site.unchecked(site.differInType(.input(0), .output(0)))
  }

  private static func broadcastTo(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.isNot(.int32, .int64, at: .input(1)) ?? site.differInType(.input(0), .output(0))
      ?? site.hasRank(over: 5, .input(0), .output(0)) ?? site.hasRank(outside: 1...1, .input(1))
      ?? site.isComputed(.input(1))
    {
      return refusal
    }
    guard let input = site.input(0), let wanted = site.input(1)?.integers, let output = site.output(0) else {
      return nil
    }
    guard wanted == output.dimensions, broadcastShape(input.dimensions, wanted) == wanted else {
      return site.refuse(.shape, "finds a result that its operands do not broadcast to", Remedy.fixShapes)
    }
    return nil
  }

  private static func broadcastArgs(_ site: RefusalSite) -> Refusal? {
    site.isNot(.int32, .int64, at: .input(0)) ?? site.differInType(.input(0), .input(1), .output(0))
      ?? site.hasRank(outside: 1...1, .input(0), .input(1), .output(0))
  }

  private static func fill(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.isComputed(.input(0)) ?? site.hasRank(outside: 0...0, .input(1))
      ?? site.differInType(.input(1), .output(0)) ?? site.hasRank(outside: 1...1, .input(0))
      ?? site.isNot(.int8, .int16, .int32, .int64, at: .input(0))
    {
      return refusal
    }
    guard let wanted = site.input(0)?.integers, wanted != site.output(0)?.dimensions else { return nil }
    return site.refuse(.shape, "finds another shape of its result than asked for", Remedy.fixShapes)
  }

  private static func shapeOf(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.isNot(.int32, at: .output(0)) { return refusal }
    guard let input = site.input(0), let output = site.output(0), output.elementCount < input.rank else {
      return nil
    }
    return site.misreads(
      .shape, "writes \(input.rank) sizes into a result of \(output.elementCount)", Remedy.fixShapes)
  }
}
