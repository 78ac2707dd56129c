import Foundation
package import GraphIR
package import Tensors

/// Builds float networks with random weights, a layer at a time; the same for the same seed and calls.
package struct NetBuilder {
  private var nodes: [Node] = []
  private var values: [Value] = []
  private var inputs: [ValueID?] = []
  package var random: SeededRandom

  package init(seed: UInt64) { random = SeededRandom(seed: seed) }

  /// How a layer's weights and biases are drawn.
  package struct Weights {
    /// Each weight times this, in addition to 1/√taps.
    package var gain: Float = 1
    /// By output channel, a power of ten up to this many below the gain.
    package var decades: Float = 0
    /// The extent of biases, and a number added to all.
    package var bias: Float = 0.5
    package var biasOffset: Float = 0
    package var hasBias = true

    package init() {}
  }

  package mutating func input(_ dimensions: [Int32], _ type: ElementType = .float32) -> ValueID {
    let id = value(dimensions, type)
    inputs.append(id)
    return id
  }

  package mutating func value(_ dimensions: [Int32], _ type: ElementType = .float32) -> ValueID {
    values.append(Value(name: "v\(values.count)", dimensions: dimensions, elementType: type))
    return ValueID(values.count - 1)
  }

  package mutating func floats(_ dimensions: [Int32], _ numbers: [Float]) -> ValueID {
    let id = value(dimensions)
    values[id.index].data = TensorData(numbers.map(\.bitPattern).littleEndianBytes)
    return id
  }

  package mutating func integers(_ numbers: [Int32], _ dimensions: [Int32]? = nil) -> ValueID {
    let id = value(dimensions ?? [Int32(numbers.count)], .int32)
    values[id.index].data = TensorData(numbers.littleEndianBytes)
    return id
  }

  /// A number around zero that is rarely far from it.
  package mutating func normal() -> Float {
    (0..<4).reduce(0) { sum, _ in sum + Float.random(in: -1...1, using: &random) } * 0.87
  }

  package func dimensions(_ id: ValueID) -> [Int32] { values[id.index].dimensions ?? [] }

  /// Adds an operator with one result.
  package mutating func node(
    _ builtin: BuiltinOperator, _ operands: [ValueID?], _ dimensions: [Int32],
    _ options: (code: OptionsCode, table: String, fields: [(String, Int64)])? = nil,
    reals: [(String, Double)] = []
  ) -> ValueID {
    let output = value(dimensions)
    let record = options.map { options in
      let integers = options.fields.map { Record.Field(name: $0.0, value: .integer($0.1)) }
      return Node.Options(
        code: options.code.rawValue,
        record: Record(options.table, integers + reals.map { .init(name: $0.0, value: .real($0.1)) }))
    }
    nodes.append(
      Node(code: OperatorCode(builtin), inputs: operands, outputs: [output], options: record))
    return output
  }

  /// Adds an operator with any number of results.
  package mutating func operation(
    _ builtin: BuiltinOperator, _ operands: [ValueID?], _ results: [(dimensions: [Int32], type: ElementType)],
    _ options: (code: OptionsCode, table: String, fields: [(String, Int64)])? = nil
  ) -> [ValueID] {
    let outputs = results.map { value($0.dimensions, $0.type) }
    let record = options.map { options in
      Node.Options(
        code: options.code.rawValue,
        record: Record(
          options.table, options.fields.map { .init(name: $0.0, value: .integer($0.1)) }))
    }
    nodes.append(Node(code: OperatorCode(builtin), inputs: operands, outputs: outputs, options: record))
    return outputs
  }

  /// Adds a state variable.
  package mutating func variable(_ dimensions: [Int32]) -> ValueID {
    let id = value(dimensions)
    values[id.index].isVariable = true
    return id
  }

  /// Leaves a value's first dimension open, as converters do where a run decides it.
  package mutating func open(_ id: ValueID) {
    values[id.index].shapeSignature = [-1] + dimensions(id).dropFirst()
  }

  package func type(_ id: ValueID) -> ElementType { values[id.index].elementType }

  package func graph(_ outputs: [ValueID], name: String = "main") -> Graph {
    Graph(name: name, nodes: nodes, values: values, inputs: inputs, outputs: outputs)
  }

  package func model(_ outputs: [ValueID]) -> Model { Model(graphs: [graph(outputs)]) }
}

extension NetBuilder {
  /// Weights, each in the channel that its place names.
  private mutating func weights(
    _ dimensions: [Int32], channels: Int, taps: Int, _ form: Weights, channel: (Int) -> Int
  ) -> ValueID {
    let scales = (0..<channels).map { _ in
      form.gain * pow(10, -form.decades * Float.random(in: 0...1, using: &random)) / Float(taps).squareRoot()
    }
    let count = Int(dimensions.reduce(1, *))
    let numbers = (0..<count).map { normal() * scales[channel($0)] }
    return floats(dimensions, numbers)
  }

  private mutating func biases(_ channels: Int32, _ form: Weights) -> ValueID? {
    guard form.hasBias else { return nil }
    let numbers = (0..<channels).map { _ in normal() * form.bias + form.biasOffset }
    return floats([channels], numbers)
  }

  /// CONV_2D of SAME padding.
  package mutating func convolution(
    _ x: ValueID, to channels: Int32, taps: Int32 = 3, stride: Int32 = 1, dilation: Int32 = 1,
    activation: Int64 = 0, _ form: Weights = Weights()
  ) -> ValueID {
    let shape = dimensions(x)
    let stored = [channels, taps, taps, shape[3]]
    let own = Int(taps * taps * shape[3])
    let filter = weights(stored, channels: Int(channels), taps: own, form) { $0 / own }
    let bias = biases(channels, form)
    let size = { (length: Int32) in (length + stride - 1) / stride }
    return node(
      .conv2D, [x, filter] + (bias.map { [$0] } ?? []),
      [shape[0], size(shape[1]), size(shape[2]), channels],
      (
        .conv2D, "Conv2DOptions",
        [
          ("stride_w", Int64(stride)), ("stride_h", Int64(stride)), ("fused_activation_function", activation),
          ("dilation_w_factor", Int64(dilation)), ("dilation_h_factor", Int64(dilation)),
        ]
      ))
  }

  /// DEPTHWISE_CONV_2D of SAME padding.
  package mutating func depthwise(
    _ x: ValueID, stride: Int32 = 1, dilation: Int32 = 1, activation: Int64 = 0, _ form: Weights = Weights()
  ) -> ValueID {
    let shape = dimensions(x)
    let channels = Int(shape[3])
    let filter = weights([1, 3, 3, shape[3]], channels: channels, taps: 9, form) { $0 % channels }
    let bias = biases(shape[3], form)
    let size = { (length: Int32) in (length + stride - 1) / stride }
    return node(
      .depthwiseConv2D, [x, filter] + (bias.map { [$0] } ?? []),
      [shape[0], size(shape[1]), size(shape[2]), shape[3]],
      (
        .depthwiseConv2D, "DepthwiseConv2DOptions",
        [
          ("stride_w", Int64(stride)), ("stride_h", Int64(stride)), ("depth_multiplier", 1),
          ("fused_activation_function", activation), ("dilation_w_factor", Int64(dilation)),
          ("dilation_h_factor", Int64(dilation)),
        ]
      ))
  }

  package mutating func dense(
    _ x: ValueID, to units: Int32, activation: Int64 = 0, _ form: Weights = Weights()
  ) -> ValueID {
    let depth = dimensions(x).dropFirst().reduce(1, *)
    let filter = weights([units, depth], channels: Int(units), taps: Int(depth), form) { $0 / Int(depth) }
    let bias = biases(units, form)
    return node(
      .fullyConnected, [x, filter] + (bias.map { [$0] } ?? []), [dimensions(x)[0], units],
      (.fullyConnected, "FullyConnectedOptions", [("fused_activation_function", activation)]))
  }

  /// The mean over all pixels, as a vector.
  package mutating func mean(_ x: ValueID) -> ValueID {
    let axes = integers([1, 2])
    return node(
      .mean, [x, axes], [dimensions(x)[0], dimensions(x)[3]], (.reducer, "ReducerOptions", [("keep_dims", 0)])
    )
  }

  package mutating func softmax(_ x: ValueID) -> ValueID {
    node(.softmax, [x], dimensions(x), (.softmax, "SoftmaxOptions", []), reals: [("beta", 1)])
  }

  package mutating func pool(_ x: ValueID, _ builtin: BuiltinOperator) -> ValueID {
    let shape = dimensions(x)
    return node(
      builtin, [x], [shape[0], (shape[1] + 1) / 2, (shape[2] + 1) / 2, shape[3]],
      (
        .pool2D, "Pool2DOptions",
        [("stride_w", 2), ("stride_h", 2), ("filter_width", 2), ("filter_height", 2)]
      ))
  }

  /// ADD, SUB or MUL.
  package mutating func arithmetic(
    _ builtin: BuiltinOperator, _ x: ValueID, _ y: ValueID, activation: Int64 = 0
  ) -> ValueID {
    let (code, table): (OptionsCode, String) =
      switch builtin {
      case .add: (.add, "AddOptions")
      case .sub: (.sub, "SubOptions")
      default: (.mul, "MulOptions")
      }
    return node(
      builtin, [x, y], dimensions(x), (code, table, [("fused_activation_function", activation)]))
  }

  package mutating func concatenation(_ x: ValueID, _ y: ValueID) -> ValueID {
    var shape = dimensions(x)
    shape[shape.count - 1] += dimensions(y).last ?? 0
    return node(
      .concatenation, [x, y], shape,
      (.concatenation, "ConcatenationOptions", [("axis", Int64(shape.count - 1))]))
  }
}
