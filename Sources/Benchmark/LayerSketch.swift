import GraphIR
import Tensors
import _TestSupport

/// A network of common layers in the making, float, with random weights.
struct LayerSketch {
  var net: NetBuilder

  init(seed: UInt64 = 1) { net = NetBuilder(seed: seed) }

  mutating func image(_ size: Int32, _ channels: Int32 = 3) -> ValueID {
    net.input([1, size, size, channels])
  }

  func shape(_ x: ValueID) -> [Int32] { net.dimensions(x) }

  func channels(_ x: ValueID) -> Int32 { shape(x).last ?? 1 }

  mutating func conv(
    _ x: ValueID, _ channels: Int32, _ taps: Int32 = 3, stride: Int32 = 1, activation: Int64 = 1
  ) -> ValueID {
    net.convolution(x, to: channels, taps: taps, stride: stride, activation: activation)
  }

  /// A depthwise and a 1×1 convolution.
  mutating func separable(_ x: ValueID, _ channels: Int32, stride: Int32 = 1, activation: Int64 = 1)
    -> ValueID
  {
    conv(net.depthwise(x, stride: stride, activation: activation), channels, 1, activation: activation)
  }

  /// MobileNetV2's inverted residual (Sandler et al. 2018).
  mutating func inverted(_ x: ValueID, _ channels: Int32, expand: Int32 = 6, stride: Int32 = 1) -> ValueID {
    let wide = conv(x, self.channels(x) * expand, 1, activation: 3)
    let deep = net.depthwise(wide, stride: stride, activation: 3)
    let thin = conv(deep, channels, 1, activation: 0)
    return stride == 1 && self.channels(x) == channels ? add(x, thin) : thin
  }

  mutating func add(_ x: ValueID, _ y: ValueID, activation: Int64 = 0) -> ValueID {
    net.arithmetic(.add, x, y, activation: activation)
  }

  /// An operator on one tensor whose result has its shape.
  mutating func map(_ builtin: BuiltinOperator, _ x: ValueID) -> ValueID { net.node(builtin, [x], shape(x)) }

  /// MUL or ADD with numbers for each channel.
  mutating func scaled(_ builtin: BuiltinOperator, _ x: ValueID, activation: Int64 = 0) -> ValueID {
    let numbers = (0..<channels(x)).map { _ in net.normal() }
    let constant = net.floats([channels(x)], numbers)
    return net.arithmetic(builtin, x, constant, activation: activation)
  }

  mutating func concat(_ parts: [ValueID]) -> ValueID {
    var dimensions = shape(parts[0])
    dimensions[dimensions.count - 1] = parts.reduce(0) { $0 + channels($1) }
    return net.node(
      .concatenation, parts.map { $0 }, dimensions,
      (.concatenation, "ConcatenationOptions", [("axis", Int64(dimensions.count - 1))]))
  }

  mutating func resized(_ x: ValueID, _ size: Int32) -> ValueID {
    let sizes = net.integers([size, size])
    return net.node(
      .resizeBilinear, [x, sizes], [1, size, size, channels(x)],
      (.resizeBilinear, "ResizeBilinearOptions", [("half_pixel_centers", 1)]))
  }

  mutating func pool(
    _ x: ValueID, _ taps: Int32 = 2, stride: Int32 = 2, _ builtin: BuiltinOperator = .maxPool2D
  ) -> ValueID {
    let size = (shape(x)[1] + stride - 1) / stride
    return net.node(
      builtin, [x], [1, size, size, channels(x)],
      (
        .pool2D, "Pool2DOptions",
        [
          ("stride_w", Int64(stride)), ("stride_h", Int64(stride)), ("filter_width", Int64(taps)),
          ("filter_height", Int64(taps)),
        ]
      ))
  }

  mutating func reshape(_ x: ValueID, _ dimensions: [Int32]) -> ValueID {
    let sizes = net.integers(dimensions)
    return net.node(.reshape, [x, sizes], dimensions, (.reshape, "ReshapeOptions", []))
  }

  mutating func transpose(_ x: ValueID, _ axes: [Int32]) -> ValueID {
    let order = net.integers(axes)
    let before = shape(x)
    return net.node(
      .transpose, [x, order], axes.map { before[Int($0)] }, (.transpose, "TransposeOptions", []))
  }

  /// Zeros around, or behind the last channel.
  mutating func padded(_ x: ValueID, channels: Int32 = 0, border: Int32 = 0) -> ValueID {
    let paddings = net.integers([0, 0, border, border, border, border, 0, channels], [4, 2])
    let before = shape(x)
    return net.node(
      .pad, [x, paddings],
      [1, before[1] + 2 * border, before[2] + 2 * border, before[3] + channels], (.pad, "PadOptions", []))
  }

  mutating func split(_ x: ValueID, _ count: Int32) -> [ValueID] {
    let axis = net.integers([Int32(shape(x).count - 1)], [])
    let part: [Int32] = shape(x).dropLast() + [channels(x) / count]
    return net.operation(
      .split, [axis, x], (0..<count).map { _ in (part, .float32) },
      (.split, "SplitOptions", [("num_splits", Int64(count))]))
  }

  mutating func slice(_ x: ValueID, from begin: [Int32], _ size: [Int32]) -> ValueID {
    let (start, extent) = (net.integers(begin), net.integers(size))
    return net.node(.slice, [x, start, extent], size, (.slice, "SliceOptions", []))
  }

  mutating func product(_ x: ValueID, _ y: ValueID, isTransposed: Bool = false) -> ValueID {
    let second = shape(y)
    let columns = isTransposed ? second[second.count - 2] : second[second.count - 1]
    return net.node(
      .batchMatMul, [x, y], shape(x).dropLast() + [columns],
      (.batchMatMul, "BatchMatMulOptions", [("adj_x", 0), ("adj_y", isTransposed ? 1 : 0)]))
  }

  /// The mean over one axis, which stays with length 1.
  mutating func mean(_ x: ValueID, _ axis: Int) -> ValueID {
    var dimensions = shape(x)
    dimensions[axis] = 1
    let axes = net.integers([Int32(axis)])
    return net.node(.mean, [x, axes], dimensions, (.reducer, "ReducerOptions", [("keep_dims", 1)]))
  }

  /// Layer normalization as converters write it out.
  mutating func normalized(_ x: ValueID) -> ValueID {
    let axis = shape(x).count - 1
    let center = mean(x, axis)
    let squares = net.node(
      .squaredDifference, [x, center], shape(x), (.squaredDifference, "SquaredDifferenceOptions", []))
    let spread = mean(squares, axis)
    let least = net.floats([1], [0.001])
    let shifted = net.arithmetic(.add, spread, least)
    let factor = map(.rsqrt, shifted)
    let scale = scaledTo(channels(x), factor)
    let first = net.arithmetic(.mul, x, scale)
    let second = net.node(
      .mul, [center, scale], shape(scale), (.mul, "MulOptions", [("fused_activation_function", 0)]))
    return net.arithmetic(.sub, first, second)
  }

  private mutating func scaledTo(_ channels: Int32, _ x: ValueID) -> ValueID {
    let numbers = (0..<channels).map { _ in net.normal() }
    let constant = net.floats([channels], numbers)
    return net.node(
      .mul, [x, constant], shape(x).dropLast() + [channels],
      (.mul, "MulOptions", [("fused_activation_function", 0)]))
  }

  /// Mutating, so that what its outputs add is there.
  mutating func model(_ outputs: [ValueID]) -> Model { net.model(outputs) }
}
