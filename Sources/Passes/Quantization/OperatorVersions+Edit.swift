import GraphIR

extension OperatorVersions {
  /// Gives every node of a graph the version that its types and options need.
  static func raising(_ graph: Graph) -> GraphEdit {
    var edit = GraphEdit(of: graph)
    for index in graph.nodes.indices {
      let id = NodeID(index)
      edit[id].codeIndex = nil
      edit[id].code = graph[id].versionedCode(in: graph)
    }
    return edit
  }
}
