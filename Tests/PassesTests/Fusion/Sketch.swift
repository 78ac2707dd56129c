import Tensors

@testable import GraphIR

/// Draws small models with data, operator by operator; the same for the same calls.
final class Sketch {
  private(set) var graph = Graph(nodes: [], values: [], inputs: [], outputs: [])
  private var generator = SeededRandom(seed: 7)

  /// Operator options as tests write them: the union's number, the table, the fields.
  struct Options {
    let code: UInt8
    let type: String
    var fields: [(String, FieldValue)]

    static func activation(_ code: UInt8, _ type: String, _ activation: Int = 0) -> Options {
      Options(code: code, type: type, fields: [("fused_activation_function", .integer(Int64(activation)))])
    }

    static func add(_ activation: Int = 0) -> Options { .activation(11, "AddOptions", activation) }
    static func mul(_ activation: Int = 0) -> Options { .activation(21, "MulOptions", activation) }
    static func sub(_ activation: Int = 0) -> Options { .activation(28, "SubOptions", activation) }
    static func div(_ activation: Int = 0) -> Options { .activation(29, "DivOptions", activation) }
    static func fullyConnected(_ activation: Int = 0) -> Options {
      .activation(8, "FullyConnectedOptions", activation)
    }

    static func concatenation(axis: Int) -> Options {
      Options(code: 10, type: "ConcatenationOptions", fields: [("axis", .integer(Int64(axis)))])
    }

    /// A convolution's; depthwise where a multiplier is given.
    static func convolution(
      isSame: Bool = false, stride: Int = 1, activation: Int = 0, multiplier: Int? = nil
    ) -> Options {
      var fields: [(String, FieldValue)] = [
        ("padding", .integer(isSame ? 0 : 1)), ("stride_w", .integer(Int64(stride))),
        ("stride_h", .integer(Int64(stride))), ("fused_activation_function", .integer(Int64(activation))),
      ]
      if let multiplier { fields.append(("depth_multiplier", .integer(Int64(multiplier)))) }
      return Options(
        code: multiplier == nil ? 1 : 2, type: multiplier == nil ? "Conv2DOptions" : "DepthwiseConv2DOptions",
        fields: fields)
    }

    static func reducer(keepsDimensions: Bool) -> Options {
      Options(code: 27, type: "ReducerOptions", fields: [("keep_dims", .integer(keepsDimensions ? 1 : 0))])
    }

    static let reshape = Options(code: 17, type: "ReshapeOptions", fields: [])
  }

  func input(_ dimensions: [Int32], _ type: ElementType = .float32, _ q: Quantization? = nil)
    -> ValueID
  {
    let id = value(dimensions, type, q)
    graph.inputs.append(id)
    return id
  }

  /// A float32 constant of random numbers.
  func random(_ dimensions: [Int32], in range: ClosedRange<Float> = -1...1) -> ValueID {
    let count = Int(dimensions.reduce(1, *))
    let floats = (0..<count).map { _ in Float.random(in: range, using: &generator) }
    return constant(dimensions, .float32, floats.flatMap { Self.bytes($0.bitPattern) })
  }

  /// An int8 constant of random numbers.
  func randomBytes(_ dimensions: [Int32], _ q: Quantization) -> ValueID {
    let count = Int(dimensions.reduce(1, *))
    let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let id = constant(dimensions, .int8, bytes)
    graph[id].quantization = q
    return id
  }

  /// A float32 constant in which every element is the same.
  func filled(_ dimensions: [Int32], _ number: Float) -> ValueID {
    let count = Int(dimensions.reduce(1, *))
    return constant(
      dimensions, .float32, (0..<count).flatMap { _ in Self.bytes(number.bitPattern) })
  }

  /// A bias of as many channels: random float32, or int32 with the product of the scales of input and filter.
  func bias(_ channels: Int32, bytes scale: Float? = nil) -> ValueID {
    guard let scale else { return random([channels]) }
    let id = integers((0..<channels).map { 40 * $0 - 50 })
    graph[id].quantization = .scale(scale)
    return id
  }

  /// An int32 constant.
  func integers(_ integers: [Int32], _ dimensions: [Int32]? = nil) -> ValueID {
    constant(
      dimensions ?? [Int32(integers.count)], .int32,
      integers.flatMap { Self.bytes(UInt32(bitPattern: $0)) })
  }

  func constant(_ dimensions: [Int32], _ type: ElementType, _ bytes: [UInt8]) -> ValueID {
    let id = value(dimensions, type, nil)
    graph[id].data = TensorData(bytes)
    return id
  }

  /// Adds an operator with one result.
  func node(
    _ builtin: BuiltinOperator, _ inputs: [ValueID?], _ dimensions: [Int32], _ type: ElementType = .float32,
    _ q: Quantization? = nil, options: Options? = nil
  ) -> ValueID {
    let output = value(dimensions, type, q)
    let record = options.map { Record($0.type, $0.fields.map { .init(name: $0.0, value: $0.1) }) }
    graph.nodes.append(
      Node(
        code: OperatorCode(builtin), inputs: inputs, outputs: [output],
        options: zip(options, record).map { Node.Options(code: $0.code, record: $1) }))
    return output
  }

  func model(_ outputs: ValueID...) -> Model {
    var graph = graph
    graph.outputs = outputs
    return Model(graphs: [graph])
  }

  /// Changes a value that is drawn already.
  func change(_ id: ValueID, _ body: (inout Value) -> Void) { body(&graph[id]) }

  private func value(_ dimensions: [Int32], _ type: ElementType, _ q: Quantization?) -> ValueID {
    graph.values.append(
      Value(name: "v\(graph.values.count)", dimensions: dimensions, elementType: type, quantization: q))
    return ValueID(graph.values.count - 1)
  }

  private static func bytes(_ word: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) }
  }
}

extension Quantization {
  /// Per-tensor scale and zero point.
  static func scale(_ scale: Float, _ zeroPoint: Int64 = 0) -> Quantization {
    Quantization(scales: [scale], zeroPoints: [zeroPoint])
  }
}

/// Both, where there are both.
private func zip<First, Second>(_ first: First?, _ second: Second?) -> (First, Second)? {
  guard let first, let second else { return nil }
  return (first, second)
}
