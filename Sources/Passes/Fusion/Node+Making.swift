import GraphIR
import Tensors

extension Node {
  /// A node of a builtin operator with options of its own.
  static func making(
    _ builtin: BuiltinOperator, version: Int32 = 1, _ inputs: [ValueID?], _ outputs: [ValueID],
    _ options: Options? = nil
  ) -> Node {
    Node(code: OperatorCode(builtin, version: version), inputs: inputs, outputs: outputs, options: options)
  }

  /// RESHAPE to the shape of a value of a graph.
  ///
  /// - Parameter edit: gets the constant that holds the shape.
  static func reshape(_ input: ValueID, to output: ValueID, in graph: Graph, _ edit: inout GraphEdit) -> Node
  {
    let dimensions = (graph[output].dimensions ?? []).map { Int($0) }
    let name = graph[output].name.map { $0 + "/shape" }
    let shape = edit.add(Value.integers(name, dimensions))
    let options = Record(
      "ReshapeOptions", [.init(name: "new_shape", value: .integers(dimensions.map(Int64.init)))])
    return making(.reshape, [input, shape], [output], Options(.reshape, options))
  }

  /// The node with another field in its options.
  func with(_ field: String, _ number: Int) -> Node {
    var copy = self
    copy.options?.record[field] = .integer(Int64(number))
    return copy
  }

  /// The node with an operand replaced.
  func reading(_ value: ValueID, at position: Int = 0) -> Node {
    var copy = self
    copy.inputs[position] = value
    return copy
  }

  /// The node with another result.
  func writing(_ value: ValueID) -> Node {
    var copy = self
    copy.outputs = [value]
    return copy
  }
}

extension Node.Options {
  init(_ code: OptionsCode, _ record: Record) { self.init(code: code.rawValue, record: record) }

  init(_ code: OptionsCode, _ type: String, _ fields: [(name: String, value: Int)] = []) {
    self.init(
      code, Record(type, fields.map { .init(name: $0.name, value: .integer(Int64($0.value))) }))
  }
}
