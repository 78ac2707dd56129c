import GraphIR
import Operators
import Tensors

/// What an operator has to do: multiply and move.
struct OperatorWork {
  /// In which numbers an operator multiplies.
  enum Arithmetic {
    case int8
    case int16
    case float32
  }

  let macs: Int
  /// Bytes read and written; saturates at `Int.max`.
  let bytes: Int
  let arithmetic: Arithmetic
  let isDepthwise: Bool

  init(_ node: Node, in graph: Graph) {
    macs = max(0, Registry.multiplyAccumulates(of: node, in: graph))
    isDepthwise = node.code.builtin == .depthwiseConv2D
    arithmetic = Self.arithmetic(of: node, in: graph)
    bytes = Self.bytes(of: node, in: graph, readsConstantsOnce: macs > 0)
  }

  private static func arithmetic(of node: Node, in graph: Graph) -> Arithmetic {
    let types = node.inputs.compactMap { $0 }.filter { !graph[$0].isConstant }.map { graph[$0].elementType }
    switch types.first ?? node.outputs.first.map({ graph[$0].elementType }) {
    case .float32, .float64, .float16, .bfloat16: return .float32
    case .int16, .uint16: return .int16
    default: return .int8
    }
  }

  /// What an operator only picks something from counts as much as what it writes.
  private static func bytes(of node: Node, in graph: Graph, readsConstantsOnce: Bool) -> Int {
    if let update = updateInPlace(of: node, in: graph) { return update.saturatingMultiply(2) }
    let written = node.outputs.map { graph[$0].byteCount }.saturatingSum
    let picking: [BuiltinOperator] = [.slice, .stridedSlice, .gather, .gatherND]
    let picks = picking.contains(node.code.builtin)
    let read = node.inputs.compactMap { $0 }.map { id in
      let value = graph[id]
      return picks || value.isConstant && !readsConstantsOnce
        ? min(value.byteCount, written) : value.byteCount
    }
    return written.saturatingAdd(read.saturatingSum)
  }

  /// Bytes that DYNAMIC_UPDATE_SLICE replaces in what a loop carries, which stands at one address from turn to turn; nil
  /// where it copies the rest too.
  private static func updateInPlace(of node: Node, in graph: Graph) -> Int? {
    guard node.code.builtin == .dynamicUpdateSlice, let operand = node.inputs.first ?? nil,
      node.inputs.count > 1, let update = node.inputs[1], graph.inputs.contains(operand)
    else { return nil }
    return graph[update].byteCount
  }
}
