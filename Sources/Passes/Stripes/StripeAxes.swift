import GraphIR
import Tensors

/// Along which axis the maps of a graph are cut into rows.
///
/// Images are cut across their height or their width; series of numbers, whose height or width is 1, along what is
/// left. Operators that turn maps (TRANSPOSE), or write their dimensions otherwise (RESHAPE), hand the axis on.
struct StripeAxes {
  enum Direction: CaseIterable {
    /// Rows of images.
    case rows
    /// Columns of images.
    case columns
  }

  private var axes: [Int?]

  init(_ graph: Graph, _ direction: Direction) {
    axes = [Int?](repeating: nil, count: graph.values.count)
    for node in graph.nodes where Self.windows.contains(node.code.builtin) {
      guard let input = node.inputs.first ?? nil, let output = node.outputs.first,
        let (before, after) = Self.shapes(graph[input], graph[output]), before.rank == 4, after.rank == 4
      else { continue }
      let isSeries = before[1] == 1 && after[1] == 1
      let axis = direction == .columns || isSeries ? 2 : 1
      note(axis, of: input)
      note(axis, of: output)
    }
    var isSettled = false
    while !isSettled {
      let before = axes
      for node in graph.nodes { handOn(node, graph) }
      for node in graph.nodes.reversed() { handOn(node, graph) }
      isSettled = before == axes
    }
    for index in graph.values.indices where axes[index] == nil {
      axes[index] = graph.values[index].dimensions?.count == 4 && direction == .columns ? 2 : 1
    }
  }

  subscript(value: ValueID) -> Int { axes[value.index] ?? 1 }

  /// Operators whose operands are N×H×W×C.
  private static let windows: Set<BuiltinOperator> = [
    .conv2D, .depthwiseConv2D, .maxPool2D, .averagePool2D, .resizeNearestNeighbor,
  ]

  private static func shapes(_ one: Value, _ two: Value) -> (Shape, Shape)? {
    guard let first = one.shape, let second = two.shape else { return nil }
    return (first, second)
  }

  private mutating func note(_ axis: Int, of value: ValueID) {
    if axes[value.index] == nil { axes[value.index] = axis }
  }

  private mutating func handOn(_ node: Node, _ graph: Graph) {
    guard let output = node.outputs.first, node.outputs.count == 1 else { return }
    switch node.code.builtin {
    case .transpose:
      guard let input = node.inputs.first ?? nil, let turns = node.turns(in: graph) else { return }
      if let axis = axes[output.index], turns.indices.contains(axis) { note(turns[axis], of: input) }
      if let axis = axes[input.index], let other = turns.firstIndex(of: axis) { note(other, of: output) }
    case .reshape, .squeeze, .expandDims:
      guard let input = node.inputs.first ?? nil,
        let (before, after) = Self.shapes(graph[input], graph[output])
      else { return }
      if let axis = axes[input.index], let other = after.axis(like: axis, of: before) {
        note(other, of: output)
      }
      if let axis = axes[output.index], let other = before.axis(like: axis, of: after) {
        note(other, of: input)
      }
    case let builtin where !Self.windows.contains(builtin):
      let rank = graph[output].shape?.rank
      let maps = node.inputs.compactMap(\.self).filter {
        !graph[$0].isConstant && graph[$0].shape?.rank == rank
      }
      for map in maps {
        if let axis = axes[map.index] { note(axis, of: output) }
        if let axis = axes[output.index] { note(axis, of: map) }
      }
    default: break
    }
  }
}

extension Shape {
  /// The axis along which the same elements follow each other as along an axis of another shape, where all axes before
  /// both are 1.
  func axis(like axis: Int, of other: Shape) -> Int? {
    guard (0..<other.rank).contains(axis), (0..<axis).allSatisfy({ other[$0] == 1 }),
      elementCount == other.elementCount, elementCount > 0
    else { return nil }
    let behind = ((axis + 1)..<other.rank).reduce(1) { $0 * other[$1] }
    return (0..<rank).first { place in
      self[place] == other[axis] && (0..<place).allSatisfy { self[$0] == 1 }
        && ((place + 1)..<rank).reduce(1) { $0 * self[$1] } == behind
    }
  }
}

extension Node {
  /// A TRANSPOSE's permutation, where it is constant.
  func turns(in graph: Graph) -> [Int]? {
    guard inputs.count == 2, let permutation = inputs[1], graph[permutation].isConstant,
      graph[permutation].elementType == .int32
    else { return nil }
    return graph[permutation].data.elements(Int32.self).map(Int.init)
  }
}
