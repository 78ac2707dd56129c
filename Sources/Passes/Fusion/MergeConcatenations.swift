package import GraphIR
import Tensors

/// CONCATENATION of CONCATENATION along the same axis: one of all parts, in their order.
///
/// The parts are copied as they are, so that the inner result must have the outer one's scale and zero point,
/// and so must its parts. Exact for all types.
package struct MergeConcatenations: RewriteRule {
  package static let name = "merge-concatenations"

  /// TFLM's kernel joins at most this many parts (`kMaxInputNum`).
  static let largestCount = 10

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      let node = graph[id]
      guard node.code.builtin == .concatenation, let output = node.outputs.first, node.outputs.count == 1,
        let axis = Self.axis(id, context)
      else { throw .noMatch }
      var reason: Refusal?
      for (position, part) in node.inputs.enumerated() {
        guard let part, let inner = context.node(.concatenation, writing: part),
          Self.axis(inner, context) == axis
        else { continue }
        do throws(Refusal) {
          return try merging(inner, writing: part, into: id, at: position, output, context)
        } catch {
          reason = reason ?? error
        }
      }
      throw reason ?? .noMatch
    }
  }

  private func merging(
    _ inner: NodeID, writing part: ValueID, into id: NodeID, at position: Int, _ output: ValueID,
    _ context: RewriteContext
  ) throws(Refusal) -> GraphEdit {
    let graph = context.graph
    try context.requireOnlyUse(of: part, by: id, "the result of \(context.label(inner))")
    guard graph[id].inputs.filter({ $0 == part }).count == 1 else {
      throw Refusal("it takes the same part twice")
    }
    guard context.activation(of: inner) == 0 else { throw Refusal("the inner one has an activation") }
    let parts = [part] + graph[inner].inputs.compactMap(\.self)
    guard parts.allSatisfy({ context.haveEqualStorage($0, output) }) else {
      throw Refusal("a part has another scale or zero point")
    }
    let count = graph[id].inputs.count + graph[inner].inputs.count - 1
    guard count <= Self.largestCount else {
      throw Refusal("TFLM joins at most \(Self.largestCount) parts, together they would be \(count)")
    }
    var node = graph[id]
    node.inputs.replaceSubrange(position...position, with: graph[inner].inputs)
    var edit = GraphEdit(of: graph, "takes the parts of \(context.label(inner))")
    edit[id] = node
    edit.remove(inner)
    return edit
  }

  /// The axis along which a CONCATENATION joins, from the front.
  static func axis(_ id: NodeID, _ context: RewriteContext) -> Int? {
    let node = context.graph[id]
    guard let rank = node.outputs.first.flatMap(context.dimensions)?.count else { return nil }
    let axis = node.attributes.integer("axis")
    return axis < 0 ? axis + rank : axis
  }
}
