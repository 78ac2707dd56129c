import GraphIR
import Tensors

extension NodeRefusals {
  static func slice(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.isNot(.int32, .int64, at: .input(1)) { return refusal }
    return site.unchecked(
      site.differInType(.input(0), .output(0)) ?? site.differInType(.input(1), .input(2))
        ?? site.hasRank(outside: 1...1, .input(1), .input(2)) ?? site.hasRank(over: 5, .input(0))
        ?? site.differInCount(.input(1), .input(2)) ?? beginCount(site))
  }

  private static func beginCount(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0), let begin = site.input(1), begin.elementCount != input.rank else {
      return nil
    }
    return site.refuse(.shape, "takes a begin and a size for each dimension", Remedy.fixShapes)
  }

  static func stridedSlice(_ site: RefusalSite) -> Refusal? {
    let options = site.node.attributes
    if site.node.inputs.count != 4 { return site.refuse(.operands, "takes 4 operands", Remedy.convert) }
    if options.integer("ellipsis_mask") != 0 || options.integer("new_axis_mask") != 0
      || options.bool("offset")
    {
      return site.misreads(.options, "knows no ellipsis, no new axes and no ends as offsets", Remedy.convert)
    }
    if let refusal = site.hasRank(over: 4, .input(0)) ?? site.isComputed(.input(1), .input(2), .input(3))
      ?? site.unchecked(
        site.differInType(.input(0), .output(0)) ?? site.isNot(.int32, at: .input(1))
          ?? site.isNot(.int32, at: .input(2)) ?? site.isNot(.int32, at: .input(3)))
    {
      return refusal
    }
    return slicedShape(site)
  }

  private static func slicedShape(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0), let begin = site.input(1)?.integers, let end = site.input(2)?.integers,
      let strides = site.input(3)?.integers, let output = site.output(0)
    else { return nil }
    guard begin.count == input.rank, end.count == input.rank, strides.count == input.rank else {
      return site.misreads(
        .operands, "takes begins, ends and strides for all dimensions", Remedy.convert)
    }
    let isSteep = strides.contains { abs(Double($0)) > Double(Int32.max) }
    if isSteep { return site.refuse(.operands, "takes strides of 32 bits only", Remedy.convert) }
    guard !strides.contains(0) else { return site.refuse(.operands, "takes no stride of 0", Remedy.convert) }
    let options = site.node.attributes
    var shape: [Int] = []
    for (axis, size) in input.dimensions.enumerated() {
      func isMasked(_ name: String) -> Bool { options.integer(name) >> axis & 1 == 1 }
      guard !isMasked("shrink_axis_mask") else { continue }
      let isForward = strides[axis] > 0
      let first = isMasked("begin_mask") ? (isForward ? 0 : size - 1) : clamped(begin[axis], size, isForward)
      let last =
        isMasked("end_mask") ? (isForward ? size : -1) : clamped(end[axis], size, isForward, isEnd: true)
      let (distance, step) = isForward ? (last - first, strides[axis]) : (first - last, -strides[axis])
      shape.append(max(0, (distance + step - 1) / step))
    }
    guard shape != output.dimensions else { return nil }
    return site.refuse(.shape, "finds a result that its begins and ends do not give", Remedy.fixShapes)
  }

  private static func clamped(_ index: Int, _ size: Int, _ isForward: Bool, isEnd: Bool = false) -> Int {
    let position = index < 0 ? index + size : index
    return isForward ? min(max(position, 0), size) : min(max(position, -1), size - 1)
  }
}
