import Tensors
import _TestSupport

@testable import GraphIR
@testable import Passes

/// Builds graphs of stored integers with seeded weights, some of which are zero for whole output channels.
struct IntegerGraphs {
  var builder = GraphBuilder()
  var random: SeededRandom
  /// Of activations: int8, uint8 or int16.
  let type: ElementType
  /// The share of output channels that get no weights, in percent.
  var zeroPercent = 40
  /// Whether biases of such channels are zero, so that they hold the zero point.
  var zeroBiases = false

  init(seed: UInt64, type: ElementType = .int8) {
    random = SeededRandom(seed: seed)
    self.type = type
  }

  private var weightType: ElementType { type == .uint8 ? .uint8 : .int8 }
  private var weightZero: Int { type == .uint8 ? 128 : 0 }

  func dimensions(_ id: ValueID) -> [Int32] { builder.graph[id].dimensions ?? [] }

  mutating func input(_ dimensions: [Int32]) -> ValueID {
    let id = builder.input("x", dimensions, type)
    builder.quantize(id, activationScale())
    return id
  }

  mutating func value(_ dimensions: [Int32], like other: ValueID? = nil) -> ValueID {
    let id = builder.value("v\(builder.graph.values.count)", dimensions, type)
    let scale = other.flatMap { builder.graph[$0].quantization } ?? activationScale()
    builder.quantize(id, scale)
    return id
  }

  private mutating func activationScale() -> Quantization {
    let zero =
      switch type {
      case .int8: random.next(below: 60) - 30
      case .uint8: 98 + random.next(below: 60)
      default: 0
      }
    let step = type == .int16 ? 0.0002 : 0.04
    return Quantization(
      scales: [Float(step * (1 + Double(random.next(below: 100)) / 100))], zeroPoints: [Int64(zero)])
  }

  mutating func integers(_ numbers: [Int32]) -> ValueID {
    builder.constant("i", [Int32(numbers.count)], .int32, bytes: numbers.littleEndianBytes)
  }

  /// Weights of which each output channel is empty by chance, with the channels that are.
  mutating func filter(
    _ shape: [Int32], axis: Int, isPerChannel: Bool
  ) -> (id: ValueID, empty: [Bool]) {
    let count = Int(shape[axis])
    let isPerChannel = isPerChannel && type != .uint8
    let empty = (0..<count).map { _ in random.next(below: 100) < zeroPercent }
    let total = shape.reduce(1) { $0 * Int($1) }
    let inner = shape[(axis + 1)...].reduce(1) { $0 * Int($1) }
    let bytes = (0..<total).map { index in
      let channel = index / inner % count
      let weight = empty[channel] ? 0 : random.next(below: 200) - 100
      return UInt8(truncatingIfNeeded: weight + weightZero)
    }
    let id = builder.constant("w\(builder.graph.values.count)", shape, weightType, bytes: bytes)
    let scales = (0..<(isPerChannel ? count : 1)).map { _ in
      Float(0.002 * (1 + Double(random.next(below: 50)) / 50))
    }
    builder.quantize(
      id,
      Quantization(scales: scales, zeroPoints: scales.map { _ in Int64(weightZero) }, axis: axis))
    return (id, empty)
  }

  private mutating func bias(for filter: (id: ValueID, empty: [Bool])) -> ValueID {
    let numbers = filter.empty.map { isEmpty in
      isEmpty && zeroBiases ? 0 : (random.next(below: 3) == 0 ? -1 : 1) * random.next(below: 6000)
    }
    let (wide, name) = (type == .int16, "b\(builder.graph.values.count)")
    let bytes =
      wide ? numbers.map { Int64($0) }.littleEndianBytes : numbers.map { Int32($0) }.littleEndianBytes
    return builder.constant(name, [Int32(numbers.count)], wide ? .int64 : .int32, bytes: bytes)
  }

  mutating func convolution(
    _ input: ValueID, outputs: Int32, taps: Int32 = 1, isSame: Bool = false, hasBias: Bool = true,
    relu: Bool = false
  ) -> ValueID {
    let shape = dimensions(input)
    let weights = filter([outputs, taps, taps, shape[3]], axis: 0, isPerChannel: random.next(below: 2) == 0)
    return convolution(
      input, weights, hasBias ? bias(for: weights) : nil, outputs: outputs, taps: taps, isSame: isSame, relu)
  }

  mutating func convolution(
    _ input: ValueID, _ weights: (id: ValueID, empty: [Bool]), _ bias: ValueID?, outputs: Int32, taps: Int32,
    isSame: Bool, _ relu: Bool
  ) -> ValueID {
    let shape = dimensions(input)
    let less = isSame ? 0 : taps - 1
    let result = value([1, shape[1] - less, shape[2] - less, outputs])
    builder.node(
      .conv2D, [input, weights.id] + (bias.map { [$0] } ?? []), [result], options: Self.options(isSame, relu))
    return result
  }

  mutating func depthwise(_ input: ValueID, taps: Int32, isSame: Bool, multiplier: Int32 = 1) -> ValueID {
    let shape = dimensions(input)
    let weights = filter(
      [1, taps, taps, shape[3] * multiplier], axis: 3, isPerChannel: random.next(below: 2) == 0)
    let less = isSame ? 0 : taps - 1
    let result = value([1, shape[1] - less, shape[2] - less, shape[3] * multiplier])
    var options = Self.options(isSame, random.next(below: 2) == 0)
    options["depth_multiplier"] = .integer(Int64(multiplier))
    builder.node(.depthwiseConv2D, [input, weights.id, bias(for: weights)], [result], options: options)
    return result
  }

  mutating func dense(_ input: ValueID, outputs: Int32) -> ValueID {
    let depth = dimensions(input).reduce(1, *)
    let weights = filter([outputs, depth], axis: 0, isPerChannel: false)
    let result = value([1, outputs])
    builder.node(.fullyConnected, [input, weights.id, bias(for: weights)], [result])
    return result
  }

  mutating func unary(_ builtin: BuiltinOperator, _ input: ValueID, keepsScale: Bool = true) -> ValueID {
    let result = value(dimensions(input), like: keepsScale ? input : nil)
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
    shape[3] += dimensions(right)[3]
    let other = value(dimensions(right), like: left)
    builder.node(.quantize, [right], [other])
    let result = value(shape, like: left)
    builder.node(
      .concatenation, [left, other], [result],
      options: Record("", [.init(name: "axis", value: .integer(3))]))
    return result
  }

  mutating func pool(_ builtin: BuiltinOperator, _ input: ValueID, isSame: Bool) -> ValueID {
    let shape = dimensions(input)
    let result = value([1, (shape[1] + 1) / 2, (shape[2] + 1) / 2, shape[3]], like: input)
    var options = Self.options(true, false)
    for name in ["stride_w", "stride_h", "filter_width", "filter_height"] { options[name] = .integer(2) }
    builder.node(builtin, [input], [result], options: options)
    return result
  }

  mutating func pad(_ input: ValueID) -> ValueID {
    let shape = dimensions(input)
    let paddings = builder.constant(
      "p", [4, 2], .int32, bytes: [Int32(0), 0, 1, 1, 0, 1, 0, 0].littleEndianBytes)
    let result = value([1, shape[1] + 2, shape[2] + 1, shape[3]], like: input)
    builder.node(.pad, [input, paddings], [result])
    return result
  }

  mutating func flatten(_ input: ValueID) -> ValueID {
    let count = dimensions(input).reduce(1, *)
    let result = value([1, count], like: input)
    builder.node(.reshape, [input, integers([1, count])], [result])
    return result
  }

  mutating func mean(_ input: ValueID) -> ValueID {
    let result = value([1, dimensions(input)[3]])
    builder.node(.mean, [input, integers([1, 2])], [result])
    return result
  }

  func model(outputs: [ValueID]) -> Model { Model(graphs: [builder.fileGraph(outputs: outputs)]) }

  private static func options(_ isSame: Bool, _ relu: Bool) -> Record {
    GraphBuilder.windowOptions(isSame: isSame, activation: relu ? 1 : 0)
  }
}
