package import Tensors

/// How the elements of two or three operands repeat along a broadcast result, as NumPy does.
///
/// Axes along which all operands step or repeat alike are merged, so that the innermost one is as long as
/// it can be.
package struct Broadcast: Sendable {
  /// The result's shape.
  package let shape: Shape
  /// Whether all operands have the result's shape.
  package let isIdentity: Bool
  /// Element distance from one result of a run to the next: 1 or 0 for each operand.
  package let steps: (left: Int, right: Int, third: Int)
  private let runLength: Int
  /// The axes around the runs, outermost first.
  private let axes: [Axis]

  /// Consecutive elements of the result, with the first element of each operand.
  package struct Run {
    package var output = 0
    package var left = 0
    package var right = 0
    package var third = 0
    package let count: Int
  }

  private struct Axis {
    var size: Int
    var strides: [Int]
  }

  /// - Throws: `invalidShape` where the shapes do not broadcast.
  package init(_ left: Shape, _ right: Shape, _ third: Shape = []) throws(KernelError) {
    let shapes = [left, right, third]
    let rank = shapes.map(\.rank).max() ?? 0
    let padded = shapes.map { [Int](repeating: 1, count: rank - $0.rank) + $0.dimensions }
    var dimensions: [Int] = []
    for axis in 0..<rank {
      let size = padded.map { $0[axis] }.first { $0 != 1 } ?? 1
      guard padded.allSatisfy({ $0[axis] == size || $0[axis] == 1 }) else {
        let names = (third.rank == 0 ? [left, right] : shapes).map(\.description).joined(separator: ", ")
        throw .invalidShape("shapes \(names) do not broadcast")
      }
      dimensions.append(size)
    }
    guard let shape = Shape(dimensions) else { throw .invalidShape("the broadcast shape overflows") }
    var axes = Self.merged(dimensions, strides: padded.map(Self.strides))
    let inner = axes.popLast() ?? Axis(size: 1, strides: [1, 1, 1])
    guard axes.count <= Self.maximumOuterAxes else {
      throw .invalidShape("the shapes broadcast along more than \(Self.maximumOuterAxes) axes in turn")
    }
    self.shape = shape
    self.axes = axes
    isIdentity = axes.isEmpty && left.dimensions == dimensions && right.dimensions == dimensions
    runLength = inner.size
    steps = (inner.strides[0], inner.strides[1], inner.strides[2])
  }

  /// Calls back for every run of the result, in order.
  @inline(__always)
  package func forEachRun(_ body: (Run) -> Void) {
    guard shape.elementCount > 0 else { return }
    var position = InlineArray<8, Int>(repeating: 0)
    var run = Run(count: runLength)
    while true {
      body(run)
      run.output &+= runLength
      var axis = axes.count - 1
      while axis >= 0 {
        position[axis] &+= 1
        let isEnd = position[axis] == axes[axis].size
        let distance = isEnd ? 1 &- axes[axis].size : 1
        run.left &+= axes[axis].strides[0] &* distance
        run.right &+= axes[axis].strides[1] &* distance
        run.third &+= axes[axis].strides[2] &* distance
        if !isEnd { break }
        position[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }

  /// Calls back for every element of the result, in order, with the indices of both operands' elements.
  @inline(__always)
  package func forEach(_ body: (_ output: Int, _ left: Int, _ right: Int) -> Void) {
    forEachRun { run in
      for index in 0..<run.count {
        body(run.output + index, run.left + index * steps.left, run.right + index * steps.right)
      }
    }
  }

  private static let maximumOuterAxes = 8

  /// Element distance along each axis; 0 along an axis of size 1, which repeats.
  private static func strides(of dimensions: [Int]) -> [Int] {
    var strides = [Int](repeating: 0, count: dimensions.count)
    var stride = 1
    for axis in dimensions.indices.reversed() {
      strides[axis] = dimensions[axis] == 1 ? 0 : stride
      stride = stride &* dimensions[axis]
    }
    return strides
  }

  /// The axes of more than one element, adjacent ones that all operands walk alike as one.
  private static func merged(_ dimensions: [Int], strides: [[Int]]) -> [Axis] {
    var axes: [Axis] = []
    for (position, size) in dimensions.enumerated() where size != 1 {
      let next = Axis(size: size, strides: strides.map { $0[position] })
      if let outer = axes.last, zip(outer.strides, next.strides).allSatisfy({ $0 == $1 &* size }) {
        axes[axes.count - 1] = Axis(size: outer.size &* size, strides: next.strides)
      } else {
        axes.append(next)
      }
    }
    return axes
  }
}
