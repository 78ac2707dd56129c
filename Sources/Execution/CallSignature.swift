import GraphIR
import Operators
import Tensors

/// The operands of a node that calls graphs or uses variables, and the checks that make its run safe.
struct CallSignature {
  let inputs: [Value?]
  let outputs: [Value?]
  private let model: Model

  init(_ node: Node, in graph: Graph, of model: Model) {
    inputs = node.inputs.map { $0.map { graph[$0] } }
    outputs = node.outputs.map { graph[$0] }
    self.model = model
  }

  /// - Parameter count: how many operands in front the graph does not get.
  /// - Throws: `KernelError` unless the graph's inputs and outputs are of the operands' number, types and sizes.
  func checkCall(of called: GraphID, dropping count: Int = 0) throws(KernelError) {
    let graph = try graph(called)
    try match(inputs.dropFirst(count), Self.values(graph.inputs, graph), "input", of: called)
    try match(outputs[...], Self.values(graph.outputs, graph), "output", of: called)
  }

  /// Checks that a graph takes nothing.
  func checkCallOnce(of called: GraphID) throws(KernelError) {
    let graph = try graph(called)
    try match([], Self.values(graph.inputs, graph), "input", of: called)
  }

  /// Checks that the first operand is one bool.
  func checkCondition() throws(KernelError) {
    guard let condition = inputs.first ?? nil else { throw .missingOperand("input 0") }
    try checkBool(condition, "input 0")
  }

  /// Checks that a loop's condition takes the loop's values and gives one bool, and that the loop's outputs
  /// are of its inputs' sizes.
  func checkLoop(condition: GraphID) throws(KernelError) {
    let graph = try graph(condition)
    try match(inputs[...], Self.values(graph.inputs, graph), "input", of: condition)
    guard let result = graph.outputs.first ?? nil else {
      throw .invalidShape("subgraph \(condition.index), its condition, has no output")
    }
    try checkBool(graph[result], "the output of subgraph \(condition.index)")
    guard inputs.count == outputs.count else {
      throw .invalidShape("it has \(inputs.count) inputs and \(outputs.count) outputs")
    }
    for (position, pair) in zip(inputs, outputs).enumerated() {
      try match(pair.0, pair.1, "input \(position)", "output \(position)")
    }
  }

  /// Checks a node that reads or assigns a variable.
  func checkVariable(operands: Int) throws(KernelError) {
    try checkHandle(inputs.first ?? nil, "input 0")
    guard operands == 1 ? outputs.count == 1 : inputs.count == 2 && inputs[1] != nil else {
      throw .missingOperand(operands == 1 ? "output 0" : "input 1")
    }
  }

  /// Checks that a value holds the number of a resource.
  func checkHandle(_ value: Value?, _ name: String) throws(KernelError) {
    guard let value else { throw .missingOperand(name) }
    guard value.elementType == .resource || value.elementType == .int32, value.byteCount == 4,
      !value.isConstant
    else {
      throw .unsupportedType(
        "\(name) is \(value.elementType) of \(value.byteCount) bytes, expected one resource")
    }
  }

  private func checkBool(_ value: Value, _ name: String) throws(KernelError) {
    guard value.elementType == .bool, value.byteCount == 1 else {
      throw .unsupportedType("\(name) is \(value.elementType) of \(value.byteCount) bytes, expected one bool")
    }
  }

  private func graph(_ id: GraphID) throws(KernelError) -> Graph {
    guard model.graphs.indices.contains(id.index) else {
      throw .unsupported("it calls subgraph \(id.index), which does not exist")
    }
    return model.graphs[id.index]
  }

  private func match(
    _ operands: ArraySlice<Value?>, _ ports: [Value?], _ kind: String, of called: GraphID
  ) throws(KernelError) {
    guard operands.count == ports.count else {
      throw .invalidShape(
        "subgraph \(called.index) has \(ports.count) \(kind)s, the operator gives \(operands.count)")
    }
    for (position, pair) in zip(operands, ports).enumerated() {
      try match(
        pair.0, pair.1, "\(kind) \(position)", "\(kind) \(position) of subgraph \(called.index)")
    }
  }

  private func match(
    _ left: Value?, _ right: Value?, _ leftName: String, _ rightName: String
  ) throws(KernelError) {
    guard let left else { throw .missingOperand(leftName) }
    guard let right else { throw .missingOperand(rightName) }
    guard left.elementType == right.elementType, left.byteCount == right.byteCount else {
      throw .invalidShape(
        "\(leftName) is \(Self.text(left)), \(rightName) \(Self.text(right))")
    }
  }

  private static func values(_ ids: [ValueID?], _ graph: Graph) -> [Value?] {
    ids.map { $0.map { graph[$0] } }
  }

  private static func text(_ value: Value) -> String {
    "\(value.elementType) \(value.shape?.description ?? "without shape")"
  }
}
