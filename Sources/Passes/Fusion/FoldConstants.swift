package import GraphIR
import Operators
import Tensors

/// An operator whose operands are all constants becomes a constant: f(c₁, c₂, …) is the same in every run.
///
/// The value is what the interpreter's kernel gives. A result that is larger than the operands that go with
/// the operator stays computed, because flash is what it would cost: float16 weights behind DEQUANTIZE, a
/// FILL, sparse weights behind DENSIFY.
package struct FoldConstants: RewriteRule {
  package static let name = "fold-constants"

  /// Bytes by which a file may grow in its data: less than the operator's own tables take.
  static let smallGrowth = 64

  /// Bytes beyond which nothing is computed ahead, whatever is asked.
  static let largestResult = 1 << 30

  /// Whether results are stored however large they are.
  package let unpacksWeights: Bool

  package init(unpacksWeights: Bool = false) { self.unpacksWeights = unpacksWeights }

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      let node = graph[id]
      let operands = node.inputs.compactMap(\.self)
      guard !operands.isEmpty, operands.allSatisfy(context.isConstant), context.effects[id.index].isPure,
        node.calledGraphs.isEmpty, node.code.builtin != .varHandle, Registry.operator(for: node.code) != nil,
        node.outputs.contains(where: { !context.consumers[$0.index].isEmpty })
      else { throw .noMatch }
      for output in node.outputs where context.isPort[output.index] {
        throw Refusal("its result is an output of the model, which an operator must write")
      }
      let size = node.outputs.reduce(0) { min($0 + graph[$1].byteCount, Self.largestResult + 1) }
      let growth = size - context.bytesFreed(byRemoving: id)
      guard growth <= Self.smallGrowth || unpacksWeights, size <= Self.largestResult else {
        throw Refusal("its result of \(size) bytes would make the file \(growth) bytes larger")
      }
      let results = try NodeEvaluation.outputs(of: node, in: graph)
      var edit = GraphEdit(of: graph, "computed ahead: \(size) bytes of constants")
      for (output, bytes) in zip(node.outputs, results) where !context.consumers[output.index].isEmpty {
        guard !bytes.isEmpty else { throw Refusal("its result has no elements") }
        var value = graph[output]
        value.data = TensorData(bytes)
        edit[output] = value
      }
      edit.remove(id)
      return edit
    }
  }
}
