import GraphIR

/// Names of places in a model, for warnings.
enum FirmwarePlace {
  /// Such as `subgraph 0, operator 12 (CONV_2D)`.
  static func node(_ index: Int, _ graph: Int, _ node: Node) -> String {
    "subgraph \(graph), \(NodeID(index).title(node.code.name))"
  }

  /// Such as `subgraph 0, tensor 3 (input_1)`.
  static func tensor(_ id: ValueID, _ graph: Int, _ value: Value) -> String {
    let name = value.name.map { " (\($0))" } ?? ""
    return "subgraph \(graph), tensor \(id.index)\(name)"
  }
}
