package import GraphIR
package import Tensors

/// Builds graphs for tests, a value or a node at a time.
package struct GraphBuilder {
  private var nodes: [Node] = []
  private var values: [Value] = []
  private var inputs: [ValueID?] = []
  private var outputs: [ValueID?] = []

  package init() {}

  /// The graph as far as it is built.
  package var graph: Graph { Graph(nodes: nodes, values: values, inputs: inputs, outputs: outputs) }

  /// Adds an activation.
  package mutating func value(
    _ name: String, _ dimensions: [Int32], _ type: ElementType = .int8, isVariable: Bool = false
  ) -> ValueID {
    values.append(Value(name: name, dimensions: dimensions, elementType: type, isVariable: isVariable))
    return ValueID(values.count - 1)
  }

  /// Adds a constant of zeros.
  package mutating func constant(_ name: String, _ dimensions: [Int32], _ type: ElementType = .int8)
    -> ValueID
  {
    let id = value(name, dimensions, type)
    values[id.index].data = TensorData([UInt8](repeating: 0, count: max(values[id.index].byteCount, 1)))
    return id
  }

  /// Adds a constant of these bytes.
  package mutating func constant(
    _ name: String, _ dimensions: [Int32], _ type: ElementType, bytes: [UInt8]
  ) -> ValueID {
    let id = value(name, dimensions, type)
    values[id.index].data = TensorData(bytes)
    return id
  }

  /// Adds an input of the graph.
  package mutating func input(
    _ name: String, _ dimensions: [Int32], _ type: ElementType = .int8
  ) -> ValueID {
    let id = value(name, dimensions, type)
    inputs.append(id)
    return id
  }

  /// Adds a node behind all others.
  @discardableResult
  package mutating func node(
    _ builtin: BuiltinOperator, _ inputs: [ValueID?], _ outputs: [ValueID], options: Record? = nil,
    customName: String? = nil, customOptions: Node.CustomOptions? = nil
  ) -> NodeID {
    nodes.append(
      Node(
        code: OperatorCode(builtin, customName: customName), inputs: inputs, outputs: outputs,
        options: options.map { Node.Options(code: 0, record: $0) }, customOptions: customOptions))
    return NodeID(nodes.count - 1)
  }

  /// Gives a value scales and zero points.
  package mutating func quantize(_ id: ValueID, _ quantization: Quantization) {
    values[id.index].quantization = quantization
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
  package mutating func outputs(_ ids: [ValueID]) { outputs = ids }
}
