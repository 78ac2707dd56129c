import GraphIR
import Tensors
import _TestSupport

/// Makes small convolutional nets with random weights.
struct StripeNet {
  private var builder = GraphBuilder()
  private var random: SeededRandom
  private let type: ElementType
  private(set) var last: (value: ValueID, height: Int, width: Int, channels: Int)

  init(height: Int, width: Int, channels: Int, _ type: ElementType = .int8, seed: UInt64) {
    self.type = type
    random = SeededRandom(seed: seed)
    let dimensions = [1, height, width, channels].map { Int32($0) }
    let input = builder.input("x", dimensions, type)
    last = (input, height, width, channels)
    if type == .int8 { builder.quantize(input, Quantization(scales: [0.05], zeroPoints: [-7])) }
  }

  var model: Model {
    var whole = builder
    whole.outputs([last.value])
    return Model(graphs: [whole.graph])
  }

  private mutating func map(_ name: String, _ height: Int, _ width: Int, _ channels: Int) -> ValueID {
    let value = builder.value(name, [1, height, width, channels].map { Int32($0) }, type)
    if type == .int8 {
      builder.quantize(
        value, Quantization(scales: [0.06], zeroPoints: [Int64(Int.random(in: -20...20, using: &random))]))
    }
    return value
  }

  private mutating func weights(_ dimensions: [Int]) -> ValueID {
    let count = dimensions.reduce(1, *)
    let bytes: [UInt8]
    if type == .int8 {
      bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    } else {
      bytes = (0..<count).flatMap { _ in
        let bits = Float.random(in: -1...1, using: &random).bitPattern
        return (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
      }
    }
    let value = builder.constant("w", dimensions.map { Int32($0) }, type, bytes: bytes)
    if type == .int8 { builder.quantize(value, Quantization(scales: [0.004], zeroPoints: [0])) }
    return value
  }

  /// CONV_2D or DEPTHWISE_CONV_2D of the last map.
  mutating func convolution(
    _ channels: Int, taps: Int, stride: Int = 1, isSame: Bool = true, isDepthwise: Bool = false,
    dilation: Int = 1
  ) {
    let (input, height, width, depth) = last
    let extent = (taps - 1) * dilation + 1
    func size(_ size: Int) -> Int { isSame ? (size + stride - 1) / stride : (size - extent) / stride + 1 }
    let made = isDepthwise ? depth : channels
    let filter = weights(isDepthwise ? [1, taps, taps, made] : [made, taps, taps, depth])
    let output = map("conv", size(height), size(width), made)
    var fields = [
      ("padding", isSame ? 0 : 1), ("stride_w", stride), ("stride_h", stride),
      ("fused_activation_function", 1),
      ("dilation_w_factor", dilation), ("dilation_h_factor", dilation),
    ]
    if isDepthwise { fields.append(("depth_multiplier", 1)) }
    let record = Record(
      isDepthwise ? "DepthwiseConv2DOptions" : "Conv2DOptions",
      fields.map { .init(name: $0.0, value: .integer(Int64($0.1))) })
    builder.node(isDepthwise ? .depthwiseConv2D : .conv2D, [input, filter, nil], [output], options: record)
    last = (output, size(height), size(width), made)
  }

  /// The sum of the last map and one before it of the same shape.
  mutating func add(_ other: ValueID) {
    let output = map("sum", last.height, last.width, last.channels)
    builder.node(.add, [other, last.value], [output], options: Record("AddOptions"))
    last.value = output
  }

  /// A pool without padding.
  mutating func pool(_ taps: Int, stride: Int, isAverage: Bool) {
    let (input, height, width, depth) = last
    func size(_ size: Int) -> Int { (size - taps) / stride + 1 }
    let output = builder.value("pool", [1, size(height), size(width), depth].map { Int32($0) }, type)
    if let quantization = builder.graph[input].quantization { builder.quantize(output, quantization) }
    builder.node(
      isAverage ? .averagePool2D : .maxPool2D, [input], [output],
      options: Record(
        "Pool2DOptions",
        [
          ("padding", 1), ("stride_w", stride), ("stride_h", stride), ("filter_width", taps),
          ("filter_height", taps),
        ]
        .map { .init(name: $0.0, value: .integer(Int64($0.1))) }))
    last = (output, size(height), size(width), depth)
  }

  /// An operator that no stripes go through.
  mutating func softmax() {
    let output = map("softmax", last.height, last.width, last.channels)
    builder.node(
      .softmax, [last.value], [output],
      options: Record("SoftmaxOptions", [.init(name: "beta", value: .real(1))]))
    last.value = output
  }
}
