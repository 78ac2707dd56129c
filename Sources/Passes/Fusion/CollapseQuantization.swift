package import GraphIR
import Tensors

/// QUANTIZE and DEQUANTIZE in a row, where one of them or none gives the same numbers.
///
/// Both operators work element by element, so that an 8-bit or 16-bit operand has at most 65,536 cases; all
/// of them are tried. DEQUANTIZE then QUANTIZE to the same scale and zero point is the identity; to another
/// scale it is one QUANTIZE if no stored number differs; so is QUANTIZE of QUANTIZE.
package struct CollapseQuantization: RewriteRule {
  package static let name = "collapse-quantization"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      guard [.quantize, .dequantize].contains(graph[id].code.builtin), let ends = context.ends(of: id),
        let first = context.node(.quantize, .dequantize, writing: ends.input),
        let source = context.ends(of: first)?.input
      else { throw .noMatch }
      guard graph[source].elementType != .float32 else {
        throw Refusal("\(context.label(first)) rounds to stored numbers, which is part of the answers")
      }
      guard let both = StoredNumberTable(context, [first, id], from: source, to: ends.output) else {
        throw Refusal("not all \(graph[source].elementType) numbers can be tried")
      }
      if context.haveEqualStorage(source, ends.output), both.changedCount == 0 {
        return try context.bypassing(
          id, from: source, to: ends.output, "cancels \(context.label(first)): no stored number changes",
          removing: isOnlyUse(of: ends.input, by: id, context) ? [first] : [])
      }
      return try single(at: id, behind: first, source, ends, both, context)
    }
  }

  /// One operator in place of two.
  private func single(
    at id: NodeID, behind first: NodeID, _ source: ValueID, _ ends: (input: ValueID, output: ValueID),
    _ both: StoredNumberTable, _ context: RewriteContext
  ) throws(Refusal) -> GraphEdit {
    let graph = context.graph
    let isFloat = graph[ends.output].elementType == .float32
    let node = Node.making(
      isFloat ? .dequantize : .quantize, version: graph[id].code.version, [source], [ends.output],
      isFloat ? .init(.dequantize, "DequantizeOptions") : .init(.quantize, "QuantizeOptions"))
    guard let direct = StoredNumberTable([node], in: graph, from: source, to: ends.output) else {
      throw Refusal(
        "no single operator gives \(graph[ends.output].elementType) from \(graph[source].elementType)")
    }
    let wrong = both.differences(from: direct)
    guard wrong == 0 else {
      throw Refusal(
        "one step in place of two would change \(wrong) of \(both.inputRange.count) stored numbers")
    }
    var edit = GraphEdit(of: graph, "\(context.label(first)) left out: no stored number changes")
    edit[id] = node
    if isOnlyUse(of: ends.input, by: id, context) { edit.remove(first) }
    return edit
  }

  private func isOnlyUse(of value: ValueID, by id: NodeID, _ context: RewriteContext) -> Bool {
    !context.isPort[value.index] && context.consumers[value.index] == [id]
  }
}
