internal import GraphIR
internal import Tensors

/// Reads subgraphs: tensors, operators, inputs and outputs.
struct GraphReader {
  let buffer: FlatBuffer
  let operatorCodes: [OperatorCode]
  let buffers: [TensorData]

  var state: ReadingState { buffer.state }

  func graphs(_ root: TypedTable<ModelField>) throws(ModelFileError) -> [Graph] {
    state.place = .model
    let tables = try root.tables(.subgraphs) ?? []
    guard !tables.isEmpty else { throw state.invalid("there is no subgraph, so nothing to run") }
    var graphs: [Graph] = []
    for (index, table) in tables.enumerated() {
      state.place = .subgraph(index)
      graphs.append(try graph(TypedTable(table, in: buffer), index: index))
    }
    return graphs
  }

  private func graph(
    _ table: TypedTable<SubGraphField>, index: Int
  ) throws(ModelFileError) -> Graph {
    let name = try table.string(.name)
    let tensors = try table.tables(.tensors)
    let inputs = try table.integers(.inputs, as: Int32.self)
    let outputs = try table.integers(.outputs, as: Int32.self)
    let operators = try table.tables(.operators)
    let inputValues = try values(inputs ?? [], role: "input", count: tensors?.count ?? 0)
    let outputValues = try values(outputs ?? [], role: "output", count: tensors?.count ?? 0)
    let debugMetadataIndex: Int32 = try table.integer(.debugMetadataIndex, default: -1)
    var parts = (values: [Value](), nodes: [Node]())
    for (position, tensor) in (tensors ?? []).enumerated() {
      state.place = .tensor(position, subgraph: index, name: nil)
      parts.values.append(try value(tensor, index: position, subgraph: index))
    }
    for (position, node) in (operators ?? []).enumerated() {
      state.place = .node(position, subgraph: index, operatorName: "unknown")
      let node = try TypedTable<OperatorField>(node, in: buffer)
      parts.nodes.append(
        try self.node(node, index: position, subgraph: index, valueCount: parts.values.count))
    }
    return Graph(
      name: name, nodes: parts.nodes, values: parts.values, inputs: inputValues, outputs: outputValues,
      debugMetadataIndex: debugMetadataIndex,
      omittedLists: OmittedLists(
        inputs: inputs == nil, outputs: outputs == nil, tensors: tensors == nil,
        operators: operators == nil))
  }

  /// Tensor indices as values: −1 stands for an absent one.
  func values(
    _ indices: [Int32], role: String, count: Int
  ) throws(ModelFileError) -> [ValueID?] {
    var values: [ValueID?] = []
    values.reserveCapacity(indices.count)
    for index in indices {
      guard index >= -1, index < count else {
        throw state.invalid("\(role) index \(index) is out of range (the subgraph has \(count) tensors)")
      }
      values.append(index == -1 ? nil : ValueID(Int(index)))
    }
    return values
  }
}

extension OmittedLists {
  fileprivate init(inputs: Bool, outputs: Bool, tensors: Bool, operators: Bool) {
    self = []
    if inputs { insert(.inputs) }
    if outputs { insert(.outputs) }
    if tensors { insert(.tensors) }
    if operators { insert(.operators) }
  }
}
