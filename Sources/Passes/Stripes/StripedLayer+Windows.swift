import GraphIR
import Striping
import Tensors

/// What windows read of their maps.
extension StripedLayer.Site {
  private struct Extent {
    let before: Int
    let after: Int
    let extent: Int
    let stride: Int
  }

  /// - Throws: `StripeRefusal` where the window is not known.
  func window() throws(StripeRefusal) -> StripedLayer.Reach {
    guard let axis, (1...2).contains(axis), let rows = extent(along: axis),
      let columns = extent(along: 3 - axis)
    else { throw StripeRefusal(reason: "its window is not known") }
    let hasPadding = [rows.before, rows.after, columns.before, columns.after].contains { $0 > 0 }
    let value = graph[input]
    return StripedLayer.Reach(
      rows: StripeRun.RowWindow(extent: rows.extent, stride: rows.stride, paddingBefore: rows.before),
      left: columns.before, right: columns.after,
      filler: hasPadding ? (node.code.builtin == .maxPool2D ? value.lowest : value.zeros(1)) : nil)
  }

  /// A mean leaves out what is padding, and divides by less: only windows without it above and below are the same in
  /// a stripe.
  func average() throws(StripeRefusal) -> (StripedLayer.Reach, StripedLayer.Form) {
    guard let axis, (1...2).contains(axis), let rows = extent(along: axis),
      let columns = extent(along: 3 - axis)
    else { throw StripeRefusal(reason: "its window is not known") }
    let plain = StripedLayer.Reach(rows: StripeRun.RowWindow(extent: rows.extent, stride: rows.stride))
    guard rows.before + rows.after == 0, columns.before + columns.after == 0 || rows.extent <= rows.stride
    else { throw StripeRefusal(reason: "it is a mean with padding, which counts fewer numbers there") }
    return (plain, columns.before + columns.after == 0 ? .window : .paddedWindow)
  }

  private func extent(along axis: Int) -> Extent? {
    let options = node.attributes
    let letter = axis == 1 ? "h" : "w"
    guard let taps = taps(along: axis), let size = graph[input].shape?[axis],
      let result = graph[output].shape?[axis]
    else { return nil }
    let stride = options.integer("stride_\(letter)")
    let extent = (taps - 1) * options.integer("dilation_\(letter)_factor", default: 1) + 1
    guard stride > 0, extent > 0 else { return nil }
    let total = max(0, (result - 1) * stride + extent - size)
    return Extent(before: total / 2, after: total - total / 2, extent: extent, stride: stride)
  }

  private func taps(along axis: Int) -> Int? {
    guard graph[input].shape?.rank == 4, graph[output].shape?.rank == 4 else { return nil }
    if [.maxPool2D, .averagePool2D].contains(node.code.builtin) {
      return node.attributes.integer(axis == 1 ? "filter_height" : "filter_width")
    }
    guard node.inputs.count > 1, let weights = node.inputs[1], let dimensions = graph[weights].dimensions,
      dimensions.count == 4
    else { return nil }
    return Int(dimensions[axis])
  }

  /// How many elements of its map the node's windows reach along an axis, from the first on.
  func reached(along axis: Int) -> Int? {
    guard let own = extent(along: axis), let result = graph[output].shape?[axis] else { return nil }
    return (result - 1) * own.stride + own.extent
  }
}

/// What operators read that change the number of rows.
extension StripedLayer.Site {
  /// Rows that RESIZE_NEAREST_NEIGHBOR makes of one.
  ///
  /// The kernel computes a row's number in float32 by the quotient of the heights, which a stripe of whole rows does not
  /// change; what it gives must be whole repeats.
  func repeats() throws(StripeRefusal) -> StripeRun.RowWindow {
    guard let axis, (1...2).contains(axis), let before = graph[input].shape, let after = graph[output].shape,
      before.rank == 4, after.rank == 4, node.inputs.first == input, maps.count == 1
    else { throw StripeRefusal(reason: "it is no image of a constant size") }
    let (height, made) = (before[axis], after[axis])
    guard made % height == 0, !node.attributes.bool("align_corners") else {
      throw StripeRefusal(reason: "it does not repeat each row as often as the others")
    }
    let scale = Float(height) / Float(made)
    let offset: Float = node.attributes.bool("half_pixel_centers") ? 0.5 : 0
    let isWhole = (0..<made).allSatisfy { row in
      min(Int(((Float(row) + offset) * scale).rounded(.down)), height - 1) == row / (made / height)
    }
    guard isWhole else { throw StripeRefusal(reason: "it does not repeat each row as often as the others") }
    return StripeRun.RowWindow(repeats: made / height)
  }

  func blockSize() throws(StripeRefusal) -> Int {
    let size = node.attributes.integer("block_size")
    guard let axis, (1...2).contains(axis), size > 0, graph[input].shape?.rank == 4 else {
      throw StripeRefusal(reason: "its blocks are not known")
    }
    return size
  }
}

extension Value {
  /// The number below which the type has none, as bytes.
  var lowest: [UInt8] {
    switch elementType {
    case .float32: [0xff, 0xff, 0x7f, 0xff]
    case .int16: [0, 0x80]
    default: [0x80]
    }
  }
}
