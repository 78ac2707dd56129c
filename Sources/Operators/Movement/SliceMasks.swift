import GraphIR
import Tensors

/// What STRIDED_SLICE takes of one axis of its operand, or one new axis.
struct AxisSlice: Sendable, Equatable {
  /// The operand's axis; nil for a new one.
  let axis: Int?
  let start: Int
  let stride: Int
  /// Indices taken.
  let count: Int
  /// Whether the result does not have the axis.
  let isDropped: Bool
}

/// The options of STRIDED_SLICE; bit i of a mask speaks of the i-th index.
struct SliceMasks: Sendable {
  private let begin: Int
  private let end: Int
  private let ellipsis: Int
  private let newAxis: Int
  private let shrinkAxis: Int
  private let isOffset: Bool

  init(_ attributes: Record) {
    begin = attributes.integer("begin_mask")
    end = attributes.integer("end_mask")
    ellipsis = attributes.integer("ellipsis_mask")
    newAxis = attributes.integer("new_axis_mask")
    shrinkAxis = attributes.integer("shrink_axis_mask")
    isOffset = attributes.bool("offset")
  }

  /// The slices, in the order of the axes, new ones among them.
  ///
  /// - Throws: `invalidShape` where there are more indices than axes, or a stride is 0.
  func slices(
    of shape: Shape, begin: [Int], end: [Int], stride: [Int]
  ) throws(KernelError) -> [AxisSlice] {
    let named = begin.indices.filter { !has(ellipsis, $0) && !has(newAxis, $0) }.count
    guard named <= shape.rank else {
      throw .invalidShape("\(named) indices for the \(shape.rank) axes of \(shape)")
    }
    var open = shape.rank - named
    var slices: [AxisSlice] = []
    var axis = 0
    func takeOpen() {
      while open > 0 {
        slices.append(AxisSlice(axis: axis, start: 0, stride: 1, count: shape[axis], isDropped: false))
        axis += 1
        open -= 1
      }
    }
    for index in begin.indices {
      if has(ellipsis, index) {
        takeOpen()
      } else if has(newAxis, index) {
        slices.append(AxisSlice(axis: nil, start: 0, stride: 1, count: 1, isDropped: false))
      } else {
        slices.append(
          try slice(
            axis: axis, size: shape[axis], index: index, begin: begin[index], end: end[index],
            stride: stride[index]))
        axis += 1
      }
    }
    takeOpen()
    return slices
  }

  private func slice(
    axis: Int, size: Int, index: Int, begin: Int, end: Int, stride: Int
  ) throws(KernelError) -> AxisSlice {
    guard stride != 0 else { throw .invalidShape("the stride of index \(index) is 0") }
    let lowest = stride > 0 ? 0 : -1
    let highest = stride > 0 ? size : size - 1
    func limited(_ position: Int) -> Int {
      min(max(position < 0 ? position + size : position, lowest), highest)
    }
    let start = has(self.begin, index) ? (stride > 0 ? 0 : size - 1) : limited(begin)
    if has(shrinkAxis, index) {
      guard (0..<size).contains(start) else {
        throw .invalidShape("index \(begin) lies outside axis \(axis), which has \(size)")
      }
      return AxisSlice(axis: axis, start: start, stride: 1, count: 1, isDropped: true)
    }
    let stop =
      has(self.end, index) ? (stride > 0 ? size : -1) : limited(isOffset ? start + end : end)
    let distance = stride > 0 ? stop - start : start - stop
    let step = abs(stride)
    let count = distance > 0 ? (distance - 1) / step + 1 : 0
    return AxisSlice(axis: axis, start: start, stride: stride, count: count, isDropped: false)
  }

  private func has(_ mask: Int, _ index: Int) -> Bool { mask >> index & 1 == 1 }
}
