import GraphIR
import Tensors

/// Small models built in code.
enum SampleModel {
  /// input → CONV_2D → RELU → output, with weights and a bias.
  static func chain() -> Model {
    Model(
      graphs: [
        Graph(
          name: "main",
          nodes: [
            Node(
              code: OperatorCode(.conv2D, version: 3), inputs: [ValueID(0), ValueID(1), ValueID(2)],
              outputs: [ValueID(3)],
              options: Node.Options(
                code: 1,
                record: Record(
                  "Conv2DOptions",
                  [
                    Record.Field(name: "padding", value: .integer(1)),
                    Record.Field(name: "stride_w", value: .integer(1)),
                    Record.Field(name: "stride_h", value: .integer(1)),
                  ]))),
            Node(code: OperatorCode(.relu), inputs: [ValueID(3)], outputs: [ValueID(4)]),
          ],
          values: [
            Value(name: "input", dimensions: [1, 4, 4, 2], elementType: .float32),
            Value(
              name: "weights", dimensions: [3, 1, 1, 2], elementType: .float32,
              data: TensorData((0..<24).map { UInt8($0) })),
            Value(
              name: "bias", dimensions: [3], elementType: .float32,
              data: TensorData([UInt8](repeating: 7, count: 12))),
            Value(name: "conv", dimensions: [1, 4, 4, 3], elementType: .float32),
            Value(name: "output", dimensions: [1, 4, 4, 3], elementType: .float32),
          ],
          inputs: [ValueID(0)], outputs: [ValueID(4)])
      ],
      description: "a chain of two operators")
  }

  /// A main graph whose WHILE runs a condition and a body.
  static func loop() -> Model {
    func scalar(_ name: String, _ type: ElementType) -> Value {
      Value(name: name, dimensions: [], elementType: type)
    }
    let options = Record(
      "WhileOptions",
      [
        Record.Field(name: "cond_subgraph_index", value: .integer(1)),
        Record.Field(name: "body_subgraph_index", value: .integer(2)),
      ])
    let main = Graph(
      name: "main",
      nodes: [
        Node(
          code: OperatorCode(.while), inputs: [ValueID(0)], outputs: [ValueID(1)],
          options: Node.Options(code: 93, record: options))
      ],
      values: [scalar("start", .int32), scalar("end", .int32)], inputs: [ValueID(0)],
      outputs: [ValueID(1)])
    let condition = Graph(
      name: "condition",
      nodes: [
        Node(
          code: OperatorCode(.less), inputs: [ValueID(0), ValueID(1)], outputs: [ValueID(2)])
      ],
      values: [
        scalar("i", .int32),
        Value(
          name: "limit", dimensions: [], elementType: .int32, data: TensorData([10, 0, 0, 0])),
        scalar("goes on", .bool),
      ],
      inputs: [ValueID(0)], outputs: [ValueID(2)])
    let body = Graph(
      name: "body",
      nodes: [
        Node(
          code: OperatorCode(.add), inputs: [ValueID(0), ValueID(0)], outputs: [ValueID(1)])
      ],
      values: [scalar("i", .int32), scalar("twice", .int32)], inputs: [ValueID(0)],
      outputs: [ValueID(1)])
    return Model(graphs: [main, condition, body])
  }
}
