package import GraphIR
import Tensors

/// An open batch (−1 in a shape signature) fixed to what the shapes say, 1 in all converters' files.
///
/// Microcontrollers allot tensors once and ignore signatures. Fixed shapes let shape arithmetic be computed
/// ahead. It is done where every open dimension can only come from the batch: nothing but axis 0 of inputs is
/// open, and no operator's shape depends on data.
package enum FixBatch {
  package static let name = "fix-batch"

  /// Operators whose results' shapes depend on data.
  static let dataDependent: Set<BuiltinOperator> = [
    .hashtableLookup, .nonMaxSuppressionV4, .nonMaxSuppressionV5, .range, .unique, .where, .custom,
  ]

  package static func run(on model: inout Model, log: inout PassLog) {
    var edit = ModelEdit(of: model)
    let loops = loopRefusal(model)
    for index in model.graphs.indices {
      let graph = model.graphs[index]
      let open = graph.values.indices.filter { graph.values[$0].isOpen }
      guard !open.isEmpty else { continue }
      let place = "subgraph \(index)"
      if let reason = loops ?? refusal(graph) {
        log.refused(name, place, reason)
        continue
      }
      for value in open { edit.graphs[index][ValueID(value)].shapeSignature = nil }
      log.edited(name, place, "the batch is fixed in \(open.count.counted("tensor"))")
    }
    model.apply(edit)
  }

  /// Why sizes are open in other ways than by the batch: loops whose tensors change from turn to turn.
  private static func loopRefusal(_ model: Model) -> String? {
    for graph in model.graphs {
      for (index, node) in graph.nodes.enumerated() where node.code.builtin == .while {
        guard let called = node.calledGraphs.last, model.graphs.indices.contains(called.index) else {
          continue
        }
        let body = model.graphs[called.index]
        let grows = zip(body.inputs, body.outputs).contains { before, after in
          before.flatMap { body[$0].dimensions } != after.flatMap { body[$0].dimensions }
        }
        let cuts = body.nodes.contains { node in
          node.code.builtin == .slice && node.inputs.last?.map { !body[$0].isConstant } ?? false
        }
        guard grows || cuts else { continue }
        return "\(graph.title(of: NodeID(index))) gives tensors other sizes from turn to turn"
      }
    }
    return nil
  }

  private static func refusal(_ graph: Graph) -> String? {
    for input in graph.inputs.compactMap(\.self) {
      let value = graph[input]
      let name = "input '\(value.name ?? "\(input.index)")'"
      if let axis = (value.shapeSignature ?? []).dropFirst().firstIndex(of: -1) {
        return "dimension \(axis) of \(name) is open, and no size is known for it"
      }
      if value.isOpen, value.dimensions?.first != 1 {
        return "\(name) has a batch of \(value.dimensions?.first ?? 0), not 1"
      }
    }
    if let node = graph.nodes.firstIndex(where: { dataDependent.contains($0.code.builtin) }) {
      return "the shape that \(graph.title(of: NodeID(node))) gives depends on data"
    }
    return nil
  }
}
