package import GraphIR
package import Tensors

/// Builds graphs for tests, a value or a node at a time.
package struct GraphBuilder {
  package private(set) var graph = Graph(nodes: [], values: [], inputs: [], outputs: [])

  package init() {}

  /// Adds an activation.
  package mutating func value(
    _ name: String, _ dimensions: [Int32], _ type: ElementType = .int8, isVariable: Bool = false
  ) -> ValueID {
    graph.values.append(
      Value(name: name, dimensions: dimensions, elementType: type, isVariable: isVariable))
    return ValueID(graph.values.count - 1)
  }

  /// Adds a constant of zeros.
  package mutating func constant(_ name: String, _ dimensions: [Int32], _ type: ElementType = .int8)
    -> ValueID
  {
    let id = value(name, dimensions, type)
    graph[id].data = TensorData([UInt8](repeating: 0, count: max(graph[id].byteCount, 1)))
    return id
  }

  /// Adds an input of the graph.
  package mutating func input(
    _ name: String, _ dimensions: [Int32], _ type: ElementType = .int8
  ) -> ValueID {
    let id = value(name, dimensions, type)
    graph.inputs.append(id)
    return id
  }

  /// Adds a node behind all others.
  @discardableResult
  package mutating func node(
    _ builtin: BuiltinOperator, _ inputs: [ValueID?], _ outputs: [ValueID], options: Record? = nil,
    customName: String? = nil
  ) -> NodeID {
    graph.nodes.append(
      Node(
        code: OperatorCode(builtin, customName: customName), inputs: inputs, outputs: outputs,
        options: options.map { Node.Options(code: 0, record: $0) }))
    return NodeID(graph.nodes.count - 1)
  }

  /// Adds a handle of a resource variable.
  package mutating func variableHandle(_ name: String, container: String? = nil) -> ValueID {
    let handle = value("handle", [1], .resource)
    var options = Record("VarHandleOptions", [.init(name: "shared_name", value: .string(name))])
    if let container { options["container"] = .string(container) }
    node(.varHandle, [], [handle], options: options)
    return handle
  }

  /// Names the graph's outputs.
  package mutating func outputs(_ ids: [ValueID]) { graph.outputs = ids }
}
