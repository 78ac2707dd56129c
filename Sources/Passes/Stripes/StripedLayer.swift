import GraphIR
import Operators
import Striping
import Tensors

/// A node that can make a few rows of its result at a time: which rows of which operands it reads.
struct StripedLayer {
  let node: NodeID
  /// Operands that have rows: all but constants.
  let maps: [ValueID]
  let output: ValueID
  let reach: Reach
  let form: Form
  let rowWork: Int
  /// A PAD in front of the node, which the node's own windows replace.
  var pad: NodeID?

  /// What a row of the result is made of.
  struct Reach: Equatable {
    var rows: StripeRun.RowWindow
    /// Columns of padding left and right.
    var left = 0
    var right = 0
    /// An element of padding; nil where there is none.
    var filler: [UInt8]?
  }

  /// How the node is written for a few rows.
  enum Form: Equatable {
    /// As it is.
    case plain
    /// Without padding of its own, for which rows and columns are padded beforehand.
    case window
    /// With its own padding, which is beside the rows only.
    case paddedWindow
    /// With fewer rows in the shape that it gives.
    case reshape
    /// With fewer rows in the size that it gives.
    case resize
  }

  var rows: StripeRun.RowWindow { reach.rows }
  var left: Int { reach.left }
  var right: Int { reach.right }
  var hasColumns: Bool { left > 0 || right > 0 }
}

/// Why a node cannot be in a run, as a clause.
struct StripeRefusal: Error, Equatable {
  let reason: String
}

extension StripedLayer {
  /// - Throws: `StripeRefusal` where the node needs more than a few rows, or would not compute the same from them.
  init(_ id: NodeID, in graph: Graph, _ axes: StripeAxes) throws(StripeRefusal) {
    let node = graph[id]
    guard node.outputs.count == 1, let output = node.outputs.first else {
      throw StripeRefusal(reason: "it has several results")
    }
    let maps = node.inputs.compactMap(\.self).filter { !graph[$0].isConstant }
    guard let first = maps.first else { throw StripeRefusal(reason: "it reads constants only") }
    for value in maps + [output] { try Self.requireMap(graph[value], axes[value]) }
    let site = Site(node: node, graph: graph, axes: axes, maps: maps, input: first, output: output)
    (reach, form) = try Self.reach(site)
    self.node = id
    self.maps = maps
    self.output = output
    let height = Int(graph[output].dimensions?[axes[output]] ?? 1)
    rowWork = Registry.multiplyAccumulates(of: node, in: graph) / max(height, 1)
  }

  /// A node and its maps.
  struct Site {
    let node: Node
    let graph: Graph
    let axes: StripeAxes
    let maps: [ValueID]
    let input: ValueID
    let output: ValueID

    /// The axis of rows, where all maps have the same.
    var axis: Int? { maps.allSatisfy { axes[$0] == axes[output] } ? axes[output] : nil }
  }

  private static func reach(_ site: Site) throws(StripeRefusal) -> (Reach, Form) {
    let plain = (Reach(rows: .pointwise), Form.plain)
    switch site.node.code.builtin {
    case .conv2D, .depthwiseConv2D:
      guard site.maps.count == 1, site.node.inputs.first == site.input else {
        throw StripeRefusal(reason: "its weights are computed")
      }
      return (try site.window(), .window)
    case .maxPool2D: return (try site.window(), .window)
    case .averagePool2D: return try site.average()
    case .resizeNearestNeighbor: return (Reach(rows: try site.repeats()), .resize)
    case .spaceToDepth:
      let size = try site.blockSize()
      return (Reach(rows: .init(extent: size, stride: size)), .plain)
    case .depthToSpace: return (Reach(rows: .init(repeats: try site.blockSize())), .plain)
    case .concatenation:
      try site.requireJoinBesideRows()
      return plain
    case .transpose:
      guard let turns = site.node.turns(in: site.graph), turns.first == 0,
        turns.indices.contains(site.axes[site.output]),
        turns[site.axes[site.output]] == site.axes[site.input]
      else { throw StripeRefusal(reason: "it mixes rows") }
      return plain
    case .reshape, .squeeze, .expandDims:
      guard let before = site.graph[site.input].shape, let after = site.graph[site.output].shape,
        after.axis(like: site.axes[site.input], of: before) == site.axes[site.output]
      else { throw StripeRefusal(reason: "it mixes rows") }
      return (Reach(rows: .pointwise), site.node.code.builtin == .reshape ? .reshape : .plain)
    case let builtin where pointwise.contains(builtin):
      try site.requirePointwise()
      return plain
    default: throw StripeRefusal(reason: "it needs whole maps, or nobody has looked at it yet")
    }
  }

  /// Operators that make an element of the elements at the same place.
  private static let pointwise: Set<BuiltinOperator> = [
    .add, .mul, .sub, .relu, .relu6, .reluN1To1, .relu0To1, .hardSwish, .logistic, .tanh, .leakyRelu,
    .prelu, .quantize, .dequantize, .maximum, .minimum, .abs, .neg, .square, .sqrt, .rsqrt, .exp, .elu,
  ]

  /// Maps are of one image or series, of types in which a row's bytes are whole, and padding can be stored.
  private static func requireMap(_ value: Value, _ axis: Int) throws(StripeRefusal) {
    guard let shape = value.shape, (3...4).contains(shape.rank), shape[0] == 1,
      (1..<shape.rank).contains(axis),
      shape.elementCount > 0
    else { throw StripeRefusal(reason: "its maps are not 1×H×W×C or 1×T×C") }
    guard [.int8, .float32, .int16].contains(value.elementType), !value.isVariable else {
      throw StripeRefusal(reason: "it computes \(value.elementType)")
    }
  }
}

extension StripedLayer.Site {
  /// Constants beside the maps may differ by column and channel, but not by row.
  fileprivate func requirePointwise() throws(StripeRefusal) {
    guard let axis, maps.allSatisfy({ graph[$0].dimensions == graph[output].dimensions }) else {
      throw StripeRefusal(reason: "its operands differ in shape")
    }
    let rank = graph[output].dimensions?.count ?? 0
    for value in node.inputs.compactMap(\.self) where graph[value].isConstant {
      let dimensions = graph[value].dimensions ?? []
      let place = axis - (rank - dimensions.count)
      guard place < 0 || dimensions[place] == 1 else {
        throw StripeRefusal(reason: "a constant operand differs from row to row")
      }
    }
  }

  fileprivate func requireJoinBesideRows() throws(StripeRefusal) {
    let joined = node.attributes.integer("axis")
    let rank = graph[output].dimensions?.count ?? 0
    guard let axis, (joined < 0 ? joined + rank : joined) != axis else {
      throw StripeRefusal(reason: "it joins maps by their rows")
    }
    guard maps.count == node.inputs.count else { throw StripeRefusal(reason: "it joins a constant") }
    guard maps.allSatisfy({ graph[$0].dimensions?.count == rank }) else {
      throw StripeRefusal(reason: "its operands differ in rank")
    }
  }
}
