import Tensors
import _TestSupport

@testable import GraphIR

/// Small float models, one for each operator that can be quantized: x − 0.5 goes into the operator.
struct RuleModel: Sendable, CustomStringConvertible {
  let name: String
  let model: Model
  /// Whether the operator runs with int16 activations too.
  var isWide = true
  /// The least SQNR of an int8 model, in decibels; the results of some are numbers of elements.
  var leastSQNR = 28.0

  var description: String { name }
}

/// Builds one rule's model.
struct RuleModelBuilder {
  private(set) var builder = GraphBuilder()
  private var generator = SeededRandom(seed: 11)
  private var graphConstants: [(ValueID, TensorData)] = []
  private var codes: [UInt8] = []
  let x: ValueID

  init(_ shape: [Int32] = [1, 4, 4, 4]) {
    var builder = GraphBuilder()
    let input = builder.input("input", shape, .float32)
    x = builder.value("x", shape, .float32)
    self.builder = builder
    let half = floats("half", [1], [0.5])
    node(.sub, 28, [input, half], [x], "SubOptions", [("fused_activation_function", 0)])
  }

  /// A constant of random numbers around zero, or of given ones.
  mutating func floats(_ name: String, _ shape: [Int32], _ numbers: [Float]? = nil) -> ValueID {
    let count = shape.reduce(1, *)
    let random = (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
    let id = builder.value(name, shape, .float32)
    let bits = (numbers ?? random).map(\.bitPattern)
    graphConstants.append(
      (id, TensorData(bits.flatMap { word in (0..<4).map { UInt8(word >> ($0 * 8) & 255) } })))
    return id
  }

  mutating func integers(_ name: String, _ shape: [Int32], _ numbers: [Int32]) -> ValueID {
    let id = builder.value(name, shape, .int32)
    let bytes = numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
    graphConstants.append((id, TensorData(bytes)))
    return id
  }

  mutating func value(
    _ name: String, _ shape: [Int32], _ type: ElementType = .float32, isVariable: Bool = false
  ) -> ValueID {
    builder.value(name, shape, type, isVariable: isVariable)
  }

  /// Adds a node with integer options; real ones are given by their name in `reals`.
  mutating func node(
    _ code: BuiltinOperator, _ union: UInt8, _ inputs: [ValueID?], _ outputs: [ValueID], _ table: String,
    _ fields: [(String, Int64)] = [], reals: [(String, Double)] = []
  ) {
    let record = Record(
      table,
      fields.map { .init(name: $0.0, value: .integer($0.1)) }
        + reals.map { .init(name: $0.0, value: .real($0.1)) })
    builder.node(code, inputs, outputs, options: record)
    codes.append(union)
  }

  mutating func finish(_ outputs: [ValueID]) -> Model {
    builder.outputs(outputs)
    var graph = builder.graph
    for (id, data) in graphConstants { graph[id].data = data }
    for (index, code) in codes.enumerated() {
      let record = graph.nodes[index].attributes
      graph.nodes[index].options = code == 0 ? nil : Node.Options(code: code, record: record)
    }
    return Model(graphs: [graph])
  }
}

extension RuleModel {
  /// A node behind x with operands that a closure makes.
  static func one(
    _ name: String, _ code: BuiltinOperator, _ union: UInt8, _ table: String, _ output: [Int32],
    input: [Int32] = [1, 4, 4, 4], _ fields: [(String, Int64)] = [], reals: [(String, Double)] = [],
    type: ElementType = .float32, isWide: Bool = true, leastSQNR: Double = 28, count: Int = 1,
    _ operands: (inout RuleModelBuilder) -> [ValueID?] = { [$0.x] }
  ) -> RuleModel {
    var builder = RuleModelBuilder(input)
    let inputs = operands(&builder)
    let outputs = (0..<count).map { builder.value("y\($0)", output, type) }
    builder.node(code, union, inputs, outputs, table, fields, reals: reals)
    return RuleModel(name: name, model: builder.finish(outputs), isWide: isWide, leastSQNR: leastSQNR)
  }

  static let all: [RuleModel] = layers + elementwise + activations + movements + reductions + [lstm]

  static let layers: [RuleModel] = [
    one(
      "CONV_2D", .conv2D, 1, "Conv2DOptions", [1, 2, 2, 5],
      [("stride_w", 2), ("stride_h", 2), ("fused_activation_function", 1)]
    ) {
      [$0.x, $0.floats("w", [5, 3, 3, 4]), $0.floats("b", [5])]
    },
    one(
      "DEPTHWISE_CONV_2D", .depthwiseConv2D, 2, "DepthwiseConv2DOptions", [1, 4, 4, 8],
      [("stride_w", 1), ("stride_h", 1), ("depth_multiplier", 2)]
    ) {
      [$0.x, $0.floats("w", [1, 3, 3, 8]), $0.floats("b", [8])]
    },
    one(
      "TRANSPOSE_CONV", .transposeConv, 49, "TransposeConvOptions", [1, 8, 8, 3],
      [("stride_w", 2), ("stride_h", 2)]
    ) {
      [$0.integers("size", [4], [1, 8, 8, 3]), $0.floats("w", [3, 2, 2, 4]), $0.x, $0.floats("b", [3])]
    },
    one("FULLY_CONNECTED", .fullyConnected, 8, "FullyConnectedOptions", [1, 6], input: [1, 16]) {
      [$0.x, $0.floats("w", [6, 16]), $0.floats("b", [6])]
    },
    one("FULLY_CONNECTED_no_bias", .fullyConnected, 8, "FullyConnectedOptions", [2, 6], input: [2, 16]) {
      [$0.x, $0.floats("w", [6, 16])]
    },
    one("BATCH_MATMUL", .batchMatMul, 101, "BatchMatMulOptions", [1, 4, 4, 3]) {
      [$0.x, $0.floats("w", [1, 4, 4, 3])]
    },
  ]

  static let lstm: RuleModel = {
    var builder = RuleModelBuilder([1, 5, 3])
    var inputs: [ValueID?] = [builder.x]
    for gate in 0..<4 { inputs.append(builder.floats("wi\(gate)", [4, 3])) }
    for gate in 0..<4 { inputs.append(builder.floats("wr\(gate)", [4, 4])) }
    inputs += [nil, nil, nil]
    for gate in 0..<4 { inputs.append(builder.floats("b\(gate)", [4])) }
    inputs += [
      nil, nil, builder.value("h", [1, 4], isVariable: true), builder.value("c", [1, 4], isVariable: true),
    ]
    inputs += [nil, nil, nil, nil]
    let output = builder.value("y", [1, 5, 4])
    builder.node(
      .unidirectionalSequenceLSTM, 71, inputs, [output], "UnidirectionalSequenceLSTMOptions",
      [("fused_activation_function", 4)])
    return RuleModel(name: "UNIDIRECTIONAL_SEQUENCE_LSTM", model: builder.finish([output]))
  }()
}
