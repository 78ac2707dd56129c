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
  let rows: StripeRun.RowWindow
  /// Columns of padding left and right.
  let left: Int
  let right: Int
  /// Whether the node pads by an option of its own, to be replaced by padding beforehand.
  let isWindow: Bool
  let rowWork: Int
  /// A PAD of zeros in front of the node, which the node's own windows replace.
  var pad: NodeID?
}

/// Why a node cannot be in a run, as a clause.
struct StripeRefusal: Error, Equatable {
  let reason: String
}

extension StripedLayer {
  /// - Throws: `StripeRefusal` where the node needs more than a few rows, or would not compute the same from them.
  init(_ id: NodeID, in graph: Graph) throws(StripeRefusal) {
    let node = graph[id]
    guard node.outputs.count == 1, let output = node.outputs.first else {
      throw StripeRefusal(reason: "it has several results")
    }
    let maps = node.inputs.compactMap(\.self).filter { !graph[$0].isConstant }
    guard let first = maps.first else { throw StripeRefusal(reason: "it reads constants only") }
    for value in maps + [output] { try Self.requireMap(graph[value]) }
    let columns: (left: Int, right: Int)
    switch node.code.builtin {
    case .conv2D, .depthwiseConv2D:
      guard maps.count == 1, node.inputs.first == first else {
        throw StripeRefusal(reason: "its weights are computed")
      }
      (rows, columns) = try Self.windows(node, graph, first, output)
      isWindow = true
    case .maxPool2D, .averagePool2D:
      (rows, columns) = try Self.windows(node, graph, first, output)
      guard columns == (0, 0), rows.paddingBefore == 0, !Self.readsBelow(rows, graph[first], graph[output])
      else { throw StripeRefusal(reason: "it is a pool with padding, which does not count as zeros") }
      isWindow = true
    case let builtin where Self.pointwise.contains(builtin):
      try Self.requirePointwise(node, graph, maps, output)
      (rows, columns) = (.pointwise, (0, 0))
      isWindow = false
    default: throw StripeRefusal(reason: "it needs whole maps, or nobody has looked at it yet")
    }
    self.node = id
    self.maps = maps
    self.output = output
    (left, right) = columns
    let height = Int(graph[output].dimensions?[1] ?? 1)
    rowWork = Registry.multiplyAccumulates(of: node, in: graph) / max(height, 1)
  }

  /// Operators that make an element of the elements at the same place.
  private static let pointwise: Set<BuiltinOperator> = [
    .add, .mul, .sub, .relu, .relu6, .reluN1To1, .relu0To1, .hardSwish, .logistic, .tanh, .leakyRelu,
    .quantize,
    .dequantize, .maximum, .minimum, .abs, .neg, .square, .sqrt, .rsqrt, .exp, .elu,
  ]

  /// Maps are 1×H×W×C of types in which a row's bytes are whole, and zeros can be stored.
  private static func requireMap(_ value: Value) throws(StripeRefusal) {
    guard let shape = value.shape, shape.rank == 4, shape[0] == 1, shape.elementCount > 0 else {
      throw StripeRefusal(reason: "its maps are not 1×H×W×C")
    }
    guard [.int8, .float32, .int16].contains(value.elementType), !value.isVariable else {
      throw StripeRefusal(reason: "it computes \(value.elementType)")
    }
  }

  private static func windows(
    _ node: Node, _ graph: Graph, _ input: ValueID, _ output: ValueID
  ) throws(StripeRefusal) -> (StripeRun.RowWindow, (left: Int, right: Int)) {
    let options = node.attributes
    let isPool = [.maxPool2D, .averagePool2D].contains(node.code.builtin)
    let filter =
      isPool ? nil : node.inputs.count > 1 ? node.inputs[1].map { graph[$0].dimensions ?? [] } : nil
    func axis(_ axis: Int, _ letter: String) -> (before: Int, after: Int, extent: Int, stride: Int)? {
      let taps =
        isPool
        ? options.integer(axis == 1 ? "filter_height" : "filter_width")
        : filter.flatMap { $0.count == 4 ? Int($0[axis]) : nil }
      guard let taps, let size = graph[input].shape?[axis], let result = graph[output].shape?[axis] else {
        return nil
      }
      let stride = options.integer("stride_\(letter)")
      let extent = (taps - 1) * options.integer("dilation_\(letter)_factor", default: 1) + 1
      guard stride > 0, extent > 0 else { return nil }
      let total = max(0, (result - 1) * stride + extent - size)
      return (total / 2, total - total / 2, extent, stride)
    }
    guard let rows = axis(1, "h"), let columns = axis(2, "w") else {
      throw StripeRefusal(reason: "its window is not known")
    }
    return (
      StripeRun.RowWindow(extent: rows.extent, stride: rows.stride, paddingBefore: rows.before),
      (columns.before, columns.after)
    )
  }

  private static func readsBelow(_ rows: StripeRun.RowWindow, _ input: Value, _ output: Value) -> Bool {
    guard let height = input.shape?[1], let made = output.shape?[1] else { return true }
    return (made - 1) * rows.stride - rows.paddingBefore + rows.extent > height
  }

  /// Constants beside the maps may differ by column and channel, but not by row.
  private static func requirePointwise(
    _ node: Node, _ graph: Graph, _ maps: [ValueID], _ output: ValueID
  ) throws(StripeRefusal) {
    guard maps.allSatisfy({ graph[$0].dimensions == graph[output].dimensions }) else {
      throw StripeRefusal(reason: "its operands differ in shape")
    }
    for value in node.inputs.compactMap(\.self) where graph[value].isConstant {
      let dimensions = graph[value].dimensions ?? []
      guard dimensions.count < 3 || dimensions[dimensions.count - 3] == 1 else {
        throw StripeRefusal(reason: "a constant operand differs from row to row")
      }
    }
  }
}
