import GraphIR
import Tensors
import _TestSupport

/// Makes small convolutional nets with random weights.
struct StripeNet {
  private var builder = GraphBuilder()
  private var random: SeededRandom
  private let type: ElementType
  private(set) var last: (value: ValueID, height: Int, width: Int, channels: Int)
  /// Maps so far, with their dimensions.
  private(set) var maps: [(value: ValueID, dimensions: [Int])] = []
  /// Outputs beside the last map.
  private var branches: [ValueID] = []

  init(height: Int, width: Int, channels: Int, _ type: ElementType = .int8, seed: UInt64) {
    self.type = type
    random = SeededRandom(seed: seed)
    let dimensions = [1, height, width, channels].map { Int32($0) }
    let input = builder.input("x", dimensions, type)
    last = (input, height, width, channels)
    quantize(input, scale: 0.05, zero: -7)
  }

  private mutating func quantize(_ value: ValueID, scale: Float, zero: Int64) {
    guard type != .float32 else { return }
    let isWide = type == .int16
    builder.quantize(
      value, Quantization(scales: [isWide ? scale / 256 : scale], zeroPoints: [isWide ? 0 : zero]))
  }

  var model: Model {
    var whole = builder
    whole.outputs(branches + [last.value])
    return Model(graphs: [whole.graph])
  }

  private mutating func map(_ name: String, _ height: Int, _ width: Int, _ channels: Int) -> ValueID {
    map(name, [1, height, width, channels])
  }

  private mutating func map(_ name: String, _ dimensions: [Int], like other: ValueID? = nil) -> ValueID {
    let value = builder.value(name, dimensions.map { Int32($0) }, type)
    if let other {
      if let quantization = builder.graph[other].quantization { builder.quantize(value, quantization) }
    } else {
      quantize(value, scale: 0.06, zero: Int64(Int.random(in: -20...20, using: &random)))
    }
    maps.append((value, dimensions))
    return value
  }

  private mutating func weights(_ dimensions: [Int]) -> ValueID {
    let count = dimensions.reduce(1, *)
    let bytes: [UInt8]
    if type != .float32 {
      bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    } else {
      bytes = (0..<count).flatMap { _ in
        let bits = Float.random(in: -1...1, using: &random).bitPattern
        return (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
      }
    }
    let value = builder.constant(
      "w", dimensions.map { Int32($0) }, type == .float32 ? .float32 : .int8, bytes: bytes)
    if type != .float32 { builder.quantize(value, Quantization(scales: [0.004], zeroPoints: [0])) }
    return value
  }

  /// CONV_2D or DEPTHWISE_CONV_2D of the last map.
  mutating func convolution(
    _ channels: Int, taps: Int, stride: Int = 1, isSame: Bool = true, isDepthwise: Bool = false,
    dilation: Int = 1
  ) {
    let (input, height, width, depth) = last
    let extent = (taps - 1) * dilation + 1
    let tall = height == 1 ? 1 : taps
    let wide = width == 1 ? 1 : taps
    func size(_ size: Int) -> Int {
      if size == 1 { return 1 }
      return isSame ? (size + stride - 1) / stride : (size - extent) / stride + 1
    }
    let made = isDepthwise ? depth : channels
    let filter = weights(isDepthwise ? [1, tall, wide, made] : [made, tall, wide, depth])
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

  /// The sum of the last map and one before it of the same shape, or another operator of both.
  mutating func add(_ other: ValueID, _ builtin: BuiltinOperator = .add) {
    let output = map("sum", last.height, last.width, last.channels)
    let types: [BuiltinOperator: String] = [.add: "AddOptions", .mul: "MulOptions", .sub: "SubOptions"]
    builder.node(builtin, [other, last.value], [output], options: types[builtin].map { Record($0) })
    last.value = output
  }

  /// An operator that makes an element of one.
  mutating func activation(_ builtin: BuiltinOperator) {
    let output = map("active", last.height, last.width, last.channels)
    builder.node(
      builtin, [last.value], [output], options: builtin == .hardSwish ? Record("HardSwishOptions") : nil)
    last.value = output
  }

  /// A pool, which stays inside of its map or reaches over it.
  mutating func pool(_ taps: Int, stride: Int, isAverage: Bool, isSame: Bool = false) {
    let (input, height, width, depth) = last
    func size(_ size: Int) -> Int { isSame ? (size + stride - 1) / stride : (size - taps) / stride + 1 }
    let output = map("pool", [1, size(height), size(width), depth], like: input)
    builder.node(
      isAverage ? .averagePool2D : .maxPool2D, [input], [output],
      options: Record(
        "Pool2DOptions",
        [
          ("padding", isSame ? 0 : 1), ("stride_w", stride), ("stride_h", stride), ("filter_width", taps),
          ("filter_height", taps),
        ]
        .map { .init(name: $0.0, value: .integer(Int64($0.1))) }))
    last = (output, size(height), size(width), depth)
  }

  /// The last map beside others of the same height and width.
  mutating func concatenation(_ others: [(value: ValueID, channels: Int)]) {
    let channels = last.channels + others.reduce(0) { $0 + $1.channels }
    let output = map("joined", [1, last.height, last.width, channels], like: last.value)
    builder.node(
      .concatenation, others.map(\.value) + [last.value], [output],
      options: Record("ConcatenationOptions", [.init(name: "axis", value: .integer(3))]))
    last = (output, last.height, last.width, channels)
  }

  /// Every row and column several times.
  mutating func repeated(_ rows: Int, _ columns: Int, isHalfPixel: Bool = false) {
    let (height, width) = (last.height * rows, last.width * columns)
    let output = map("large", [1, height, width, last.channels], like: last.value)
    let size = builder.constant(
      "size", [2], .int32, bytes: [Int32(height), Int32(width)].littleEndianBytes)
    builder.node(
      .resizeNearestNeighbor, [last.value, size], [output],
      options: Record(
        "ResizeNearestNeighborOptions",
        [.init(name: "half_pixel_centers", value: .integer(isHalfPixel ? 1 : 0))]))
    last = (output, height, width, last.channels)
  }

  /// What stands beside a map: zeros, or a number.
  mutating func pad(_ number: UInt8? = nil) {
    let (input, height, width, channels) = last
    let output = map("padded", [1, height + 2, width + 2, channels], like: input)
    let table = builder.constant(
      "paddings", [4, 2], .int32, bytes: ([0, 0, 1, 1, 1, 1, 0, 0] as [Int32]).littleEndianBytes)
    if let number {
      let constant = builder.constant("number", [], type, bytes: [number])
      if let quantization = builder.graph[input].quantization { builder.quantize(constant, quantization) }
      builder.node(.padv2, [input, table, constant], [output], options: Record("PadV2Options"))
    } else {
      builder.node(.pad, [input, table], [output], options: Record("PadOptions"))
    }
    last = (output, height + 2, width + 2, channels)
  }

  /// The last map with its axes in another order, which `order` names; height, width and channels are then those of the
  /// order.
  mutating func transpose(_ order: [Int]) {
    let old = [1, last.height, last.width, last.channels]
    let new = order.map { old[$0] }
    let output = map("turned", new, like: last.value)
    let constant = builder.constant(
      "order", [4], .int32, bytes: order.map { Int32($0) }.littleEndianBytes)
    builder.node(.transpose, [last.value, constant], [output], options: Record("TransposeOptions"))
    last = (output, new[1], new[2], new[3])
  }

  /// The same elements in other dimensions; rank 3 counts as an image of height 1.
  mutating func reshape(_ dimensions: [Int]) {
    let output = map("shaped", dimensions, like: last.value)
    let shape = builder.constant(
      "shape", [Int32(dimensions.count)], .int32, bytes: dimensions.map { Int32($0) }.littleEndianBytes)
    builder.node(
      .reshape, [last.value, shape], [output],
      options: Record(
        "ReshapeOptions", [.init(name: "new_shape", value: .integers(dimensions.map { Int64($0) }))]))
    let padded = dimensions.count == 3 ? [1, 1] + dimensions.dropFirst() : dimensions
    last = (output, padded[1], padded[2], padded[3])
  }

  /// An operator that no stripes go through.
  mutating func softmax() {
    let output = map("softmax", last.height, last.width, last.channels)
    builder.node(
      .softmax, [last.value], [output],
      options: Record("SoftmaxOptions", [.init(name: "beta", value: .real(1))]))
    last.value = output
  }

  /// Makes the last map an output.
  mutating func output() { branches.append(last.value) }

  /// Goes on from an earlier map.
  mutating func select(_ value: ValueID) {
    guard let dimensions = maps.first(where: { $0.value == value })?.dimensions, dimensions.count == 4 else {
      return
    }
    last = (value, dimensions[1], dimensions[2], dimensions[3])
  }

  /// A net of operators by chance.
  static func random(_ type: ElementType, _ random: inout SeededRandom) -> StripeNet {
    var net = StripeNet(
      height: Int.random(in: 6...14, using: &random), width: Int.random(in: 1...9, using: &random),
      channels: Int.random(in: 1...4, using: &random), type, seed: random.next())
    net.convolution(Int.random(in: 1...4, using: &random), taps: 3)
    for _ in 0..<Int.random(in: 2...5, using: &random) { net.addByChance(&random) }
    return net
  }

  private mutating func addByChance(_ random: inout SeededRandom) {
    let stride = last.height > 4 ? Int.random(in: 1...2, using: &random) : 1
    let isSame = last.height < 4 || last.width < 4 || Bool.random(using: &random)
    let alike = maps.filter { $0.value != last.value && $0.dimensions[1...2] == [last.height, last.width] }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: pool(2 + stride % 2, stride: stride, isAverage: false, isSame: true)
    case 1: repeated(2, Int.random(in: 1...2, using: &random))
    case 2:
      guard let other = alike.randomElement(using: &random) else { return activation(.relu) }
      if let quantization = builder.graph[other.value].quantization,
        builder.graph[last.value].quantization?.zeroPoints != quantization.zeroPoints
      {
        return activation(.relu)
      }
      concatenation([(other.value, other.dimensions[3])])
    case 3:
      guard let other = alike.first(where: { $0.dimensions[3] == last.channels }) else {
        return activation(.relu6)
      }
      add(other.value, [.add, .mul, .sub].randomElement(using: &random) ?? .add)
    case 4: convolution(0, taps: 3, stride: stride, isSame: isSame, isDepthwise: true)
    default:
      convolution(
        Int.random(in: 1...6, using: &random), taps: Int.random(in: 1...3, using: &random), stride: stride,
        isSame: isSame)
    }
  }
}
