import GraphIR
import Tensors

extension OverlapSite {
  /// Element i is read before element i is written; a wider output runs ahead of a narrower input.
  var elementwiseRule: OverlapRule {
    guard input.dimensions ?? [] == output.dimensions ?? [] else { return .disjoint }
    let count = input.elementCount
    return .startsBefore(max(0, (count - 1) * (outputElement - inputElement)))
  }

  /// The k-th element written was the k-th of the input or a later one.
  var sliceRule: OverlapRule {
    position == 0 && inputElement == outputElement ? .startsBefore(0) : .disjoint
  }

  /// As `sliceRule` where strides rise; runs of the last axis are copied as blocks, which may not overlap
  /// themselves.
  var stridedSliceRule: OverlapRule {
    guard position == 0, inputElement == outputElement, let strides = operand(3),
      strides.elementType == .int32, strides.isConstant,
      strides.data.elements(Int32.self).allSatisfy({ $0 > 0 })
    else { return .disjoint }
    return .startsBefore(input.dimension(input.rank - 1) * inputElement)
  }

  /// All padding before an element has been written when it is read: most for the last.
  var paddingRule: OverlapRule {
    guard position == 0, let paddings = operand(1), paddings.isConstant, inputElement == outputElement,
      input.rank == output.rank, input.elementCount > 0
    else { return .disjoint }
    let borders =
      paddings.elementType == .int64
      ? paddings.data.elements(Int64.self).map(Int.init) : paddings.data.elements(Int32.self).map(Int.init)
    guard borders.count == 2 * input.rank else { return .disjoint }
    var index = 0
    for axis in 0..<input.rank {
      let room = output.dimension(axis) - input.dimension(axis)
      guard room >= 0, (0...room).contains(borders[2 * axis]) else { return .disjoint }
      index = index * output.dimension(axis) + borders[2 * axis] + input.dimension(axis) - 1
    }
    return .startsBefore(max(0, index - (input.elementCount - 1)) * inputElement)
  }

  /// Blocks are copied whole: a block's end must not pass the start of the same block in the input.
  var concatenationRule: OverlapRule {
    let axis = node.attributes.integer("axis")
    let positive = axis < 0 ? axis + output.rank : axis
    guard (0..<output.rank).contains(positive), inputElement == outputElement,
      node.inputs.allSatisfy({ $0.map { graph[$0].rank == output.rank && graph[$0].isRepresentable } ?? true }
      )
    else { return .disjoint }
    func block(_ value: Value) -> Int {
      (positive..<value.rank).reduce(inputElement) { .product($0, value.dimension($1)) }
    }
    let own = block(input)
    let total = block(output)
    let before = node.inputs[..<position].compactMap { $0.map { block(graph[$0]) } }.reduce(0, +)
    guard own > 0, total > 0 else { return .disjoint }
    let blocks = output.byteCount / total
    return .startsBefore(max(0, before + own, (blocks - 1) * (total - own) + before + own))
  }
}
