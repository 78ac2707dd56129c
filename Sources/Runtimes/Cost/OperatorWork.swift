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

  /// A constant of which an operator only looks something up counts as much as what it writes.
  private static func bytes(of node: Node, in graph: Graph, readsConstantsOnce: Bool) -> Int {
    let written = node.outputs.map { graph[$0].byteCount }.saturatingSum
    let read = node.inputs.compactMap { $0 }.map { id in
      let value = graph[id]
      return value.isConstant && !readsConstantsOnce ? min(value.byteCount, written) : value.byteCount
    }
    return written.saturatingAdd(read.saturatingSum)
  }
}
