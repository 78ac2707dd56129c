import GraphIR
import Tensors

/// A graph in the making.
struct ModelSketch {
  var nodes: [Node] = []
  var values: [Value] = []
  var inputs: [ValueID?] = []

  mutating func value(_ dimensions: [Int32], _ type: ElementType, _ data: TensorData = .none) -> ValueID {
    values.append(
      Value(name: "t\(values.count)", dimensions: dimensions, elementType: type, data: data))
    return ValueID(values.count - 1)
  }

  mutating func input(_ dimensions: [Int32]) -> ValueID {
    inputs.append(value(dimensions, .float32))
    return ValueID(values.count - 1)
  }

  mutating func constant(_ dimensions: [Int32], _ type: ElementType, _ bytes: [UInt8]) -> ValueID {
    value(dimensions, type, TensorData(bytes))
  }

  /// Float weights of zeros for FULLY_CONNECTED.
  mutating func weights(_ inputs: Int32, _ outputs: Int32) -> ValueID {
    constant([outputs, inputs], .float32, [UInt8](repeating: 0, count: 4 * Int(inputs) * Int(outputs)))
  }

  mutating func integers(_ numbers: [Int32]) -> ValueID {
    constant([Int32(numbers.count)], .int32, numbers.littleEndianBytes)
  }

  mutating func node(
    _ builtin: BuiltinOperator, _ operands: [ValueID], _ dimensions: [Int32], options: Record? = nil
  ) -> ValueID {
    let output = value(dimensions, .float32)
    nodes.append(
      Node(
        code: OperatorCode(builtin), inputs: operands, outputs: [output],
        options: options.map { Node.Options(code: 16, record: $0) }))
    return output
  }

  func graph(_ output: ValueID) -> Graph {
    Graph(name: "main", nodes: nodes, values: values, inputs: inputs, outputs: [output])
  }

  func model(_ output: ValueID) -> Model { Model(graphs: [graph(output)]) }
}
