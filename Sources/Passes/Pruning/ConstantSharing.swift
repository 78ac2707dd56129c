import GraphIR
import Tensors

/// Gives every node constants of its own, so that one can change without another, and shares equal bytes
/// again when all is done.
enum ConstantSharing {
  /// Copies each constant of some kind that a second node, a second operand or another value uses.
  ///
  /// - Parameter isMeant: which constants; by default those of floats.
  static func unsharing(_ graph: Graph, where isMeant: ((ValueID) -> Bool)? = nil) -> GraphEdit {
    let isMeant = isMeant ?? { graph[$0].elementType == .float32 }
    var edit = GraphEdit(of: graph)
    var isUsed = [Bool](repeating: false, count: graph.values.count)
    var buffers: Set<ObjectIdentifier> = []
    for output in graph.outputs.compactMap(\.self) { isUsed[output.index] = true }
    for (index, node) in graph.nodes.enumerated() {
      for (position, input) in node.inputs.enumerated() {
        guard let id = input, graph[id].isConstant, !graph[id].isVariable, isMeant(id)
        else { continue }
        let isFirst = !isUsed[id.index]
        isUsed[id.index] = true
        if isFirst && buffers.insert(ObjectIdentifier(graph[id].data)).inserted { continue }
        var copy = graph[id]
        copy.data = TensorData(Array(copy.data.bytes))
        if isFirst { edit[id] = copy } else { edit[NodeID(index)].inputs[position] = edit.add(copy) }
      }
    }
    return edit
  }

  /// Puts a graph that passes have made of one of the model's in its place, lets its equal constants share one
  /// buffer, and drops what nothing uses.
  static func replace(_ id: GraphID, of model: inout Model, with graph: Graph) {
    model.replace(id, with: graph.applying(sharing(graph)))
    _ = model.removeUnused()
  }

  static func replaceMainGraph(of model: inout Model, with graph: Graph) {
    replace(GraphID(0), of: &model, with: graph)
  }

  /// Uses the first of several constants that are equal in name, shape and bytes.
  private static func sharing(_ graph: Graph) -> GraphEdit {
    var edit = GraphEdit(of: graph)
    var firsts: [Key: ValueID] = [:]
    var data: [HashedBytes: TensorData] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for (position, input) in node.inputs.enumerated() {
        guard let id = input, graph[id].isConstant, !graph[id].isVariable else { continue }
        let bytes = HashedBytes(graph[id].data.bytes)
        if let same = data[bytes] { edit[id].data = same } else { data[bytes] = graph[id].data }
        let key = Key(
          name: graph[id].name, dimensions: graph[id].dimensions, type: graph[id].elementType,
          data: ObjectIdentifier(edit[id].data))
        if let first = firsts[key] { edit[NodeID(index)].inputs[position] = first } else { firsts[key] = id }
      }
    }
    return edit
  }

  private struct Key: Hashable {
    let name: String?
    let dimensions: [Int32]?
    let type: ElementType
    let data: ObjectIdentifier
  }
}
