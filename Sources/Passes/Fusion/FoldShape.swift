package import GraphIR
import Tensors

/// SHAPE and RANK of a value whose shape is fixed become constants, and with them the PACK, STRIDED_SLICE and
/// arithmetic that computes shapes (see `FoldConstants`).
package struct FoldShape: RewriteRule {
  package static let name = "fold-shape"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      guard [.shape, .rank].contains(graph[id].code.builtin), let ends = context.ends(of: id),
        let shape = context.dimensions(ends.input)
      else { throw .noMatch }
      if let open = graph[ends.input].shapeSignature?.firstIndex(where: { $0 < 0 }) {
        throw Refusal("dimension \(open) of its operand is open")
      }
      guard !context.isPort[ends.output.index] else {
        throw Refusal("its result is an output of the model, which an operator must write")
      }
      let numbers = graph[id].code.builtin == .shape ? shape : [shape.count]
      guard !numbers.isEmpty, graph[ends.output].shape?.elementCount == numbers.count else { throw .noMatch }
      var value = graph[ends.output]
      switch value.elementType {
      case .int32: value.data = Value.integers(nil, numbers).data
      case .int64:
        value.data = TensorData(
          numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } })
      default: throw Refusal("its result is \(value.elementType)")
      }
      var edit = GraphEdit(of: graph, "made the constant \(numbers)")
      edit[ends.output] = value
      edit.remove(id)
      return edit
    }
  }
}
