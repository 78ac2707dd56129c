import Tensors
import _TestSupport

@testable import GraphIR
@testable import Passes

/// Builds float graphs with seeded weights.
struct FloatGraphs {
  var builder = GraphBuilder()
  private var generator: SeededRandom
  private var data: [(ValueID, [Float])] = []

  init(seed: UInt64 = 1) { generator = SeededRandom(seed: seed) }

  /// A constant with the given numbers, or seeded ones in −1...1.
  mutating func constant(_ dimensions: [Int32], _ numbers: [Float]? = nil) -> ValueID {
    let id = builder.constant("c\(data.count)", dimensions, .float32)
    let count = dimensions.reduce(1) { $0 * Int($1) }
    var seeded: [Float] = []
    for _ in 0..<count { seeded.append(Float.random(in: -1...1, using: &generator)) }
    data.append((id, numbers ?? seeded))
    return id
  }

  mutating func integers(_ numbers: [Int32]) -> ValueID {
    let id = builder.constant("i\(data.count)", [Int32(numbers.count)], .int32)
    data.append((id, numbers.map { Float(bitPattern: UInt32(bitPattern: $0)) }))
    return id
  }

  mutating func value(_ dimensions: [Int32]) -> ValueID {
    builder.value("v\(builder.graph.values.count)", dimensions, .float32)
  }

  /// CONV_2D with VALID padding and stride 1.
  mutating func convolution(
    _ input: ValueID, outputs: Int32, taps: Int32 = 1, activation: Int64 = 0, weights: [Float]? = nil
  ) -> ValueID {
    let shape = dimensions(input)
    let result = value([1, shape[1] - taps + 1, shape[2] - taps + 1, outputs])
    let filter = constant([outputs, taps, taps, shape[3]], weights)
    builder.node(
      .conv2D, [input, filter, constant([outputs])], [result], options: Self.options(activation))
    return result
  }

  /// DEPTHWISE_CONV_2D with VALID padding and stride 1.
  mutating func depthwise(
    _ input: ValueID, multiplier: Int32 = 1, taps: Int32 = 2, activation: Int64 = 0
  ) -> ValueID {
    let shape = dimensions(input)
    let width = shape[3] * multiplier
    let result = value([1, shape[1] - taps + 1, shape[2] - taps + 1, width])
    var options = Self.options(activation)
    options["depth_multiplier"] = .integer(Int64(multiplier))
    builder.node(
      .depthwiseConv2D, [input, constant([1, taps, taps, width]), constant([width])], [result],
      options: options)
    return result
  }

  mutating func dense(_ input: ValueID, outputs: Int32, weights: [Float]? = nil) -> ValueID {
    let depth = dimensions(input).reduce(1, *)
    let result = value([1, outputs])
    builder.node(
      .fullyConnected, [input, constant([outputs, depth], weights), constant([outputs])], [result])
    return result
  }

  mutating func unary(_ builtin: BuiltinOperator, _ input: ValueID) -> ValueID {
    let result = value(dimensions(input))
    builder.node(builtin, [input], [result])
    return result
  }

  mutating func binary(_ builtin: BuiltinOperator, _ left: ValueID, _ right: ValueID) -> ValueID {
    let result = value(dimensions(left))
    builder.node(builtin, [left, right], [result])
    return result
  }

  mutating func concatenation(_ left: ValueID, _ right: ValueID) -> ValueID {
    var shape = dimensions(left)
    shape[shape.count - 1] += dimensions(right)[shape.count - 1]
    let result = value(shape)
    builder.node(
      .concatenation, [left, right], [result],
      options: Record("", [.init(name: "axis", value: .integer(Int64(shape.count - 1)))]))
    return result
  }

  mutating func maxPool(_ input: ValueID) -> ValueID {
    let shape = dimensions(input)
    let result = value([1, shape[1] / 2, shape[2] / 2, shape[3]])
    var options = Self.options(0)
    options["stride_w"] = .integer(2)
    options["stride_h"] = .integer(2)
    options["filter_width"] = .integer(2)
    options["filter_height"] = .integer(2)
    builder.node(.maxPool2D, [input], [result], options: options)
    return result
  }

  mutating func flatten(_ input: ValueID) -> ValueID {
    let count = dimensions(input).reduce(1, *)
    let result = value([1, count])
    builder.node(.reshape, [input, integers([1, count])], [result])
    return result
  }

  mutating func mean(_ input: ValueID) -> ValueID {
    let result = value([1, dimensions(input)[3]])
    builder.node(.mean, [input, integers([1, 2])], [result])
    return result
  }

  /// The model with the constants' numbers.
  func model(outputs: [ValueID]) -> Model {
    var graph = builder.fileGraph(outputs: outputs)
    for (id, numbers) in data { graph[id].data = TensorData(floats: numbers) }
    return Model(graphs: [graph])
  }

  private func dimensions(_ id: ValueID) -> [Int32] { builder.graph[id].dimensions ?? [] }

  private static func options(_ activation: Int64) -> Record {
    GraphBuilder.windowOptions(isSame: false, activation: activation)
  }
}
