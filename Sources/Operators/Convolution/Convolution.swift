import Tensors

/// What CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED share once their shapes are known: the choice of a
/// kernel by element types.
struct Convolution {
  let name: String
  let shape: ConvolutionShape
  let operands: ConvolutionOperands
  let activation: FusedActivation
  /// How multipliers are computed for int8 and int16.
  var product = ConvolutionQuantization.Product.exact
  /// How multipliers are computed for uint8.
  var unsignedProduct = ConvolutionQuantization.Product.legacy
  /// Whether int8 and int16 weights have a zero point.
  var usesFilterZeroPoint = false
  /// Whether the 16-bit kernel uses zero points.
  var has16BitOffsets = false
  /// Whether a 16-bit sum without bias has 32 bits.
  var sumsIn32BitsWithoutBias = false
  /// Whether 16-bit kernels take an int32 bias too; TFLM's DEPTHWISE_CONV_2D reads any as int64.
  var takes32BitBias = true
  /// Whether float activations meet 8-bit weights around a zero point of their own.
  var isHybridAsymmetric = false
  /// How sums over int8 weights beside float32 activations are scaled; see `HybridConvolution`.
  var scalesByFilterFirst = false

  func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch (operands.inputType, operands.filterType) {
    case (.float32, .float32):
      try operands.requireBias(.float32)
      let clear = FloatConvolution(shape: shape, operands: operands, range: activation.floatRange)
      return context.faster(FastFloatConvolution(clear)) ?? clear
    case (.float32, .int8), (.float32, .uint8), (.float32, .int4):
      return try hybrid(context)
    case (.int8, .int8), (.int8, .int4):
      try operands.requireBias(.int32)
      let quantization = try quantization(context, product, usesFilterZeroPoint)
      let clear = Int8Convolution(shape: shape, operands: operands, quantization: quantization)
      return context.faster(FastByteConvolution(clear)) ?? clear
    case (.uint8, .uint8):
      try operands.requireBias(.int32)
      let quantization = try quantization(context, unsignedProduct, true)
      let clear = UInt8Convolution(shape: shape, operands: operands, quantization: quantization)
      return context.faster(FastByteConvolution(clear)) ?? clear
    case (.int16, .int8), (.int16, .int4):
      if takes32BitBias {
        try operands.requireBias(.int32, .int64)
      } else {
        try operands.requireBias(.int64)
      }
      let quantization = try quantization(context, product, usesFilterZeroPoint)
      let clear = Int16Convolution(
        shape: shape, operands: operands,
        quantization: has16BitOffsets ? quantization : quantization.withoutOffsets,
        sumsIn32Bits: operands.biasType.map { $0 == .int32 } ?? sumsIn32BitsWithoutBias)
      return context.faster(FastInt16Convolution(clear)) ?? clear
    case (let input, let filter):
      throw .unsupportedType(
        "input \(operands.input) is \(input) and input \(operands.filter) is \(filter); \(name) takes "
          + "float32 with float32, int8 or int4 weights, int8 and int16 with int8 or int4 weights, "
          + "and uint8 with uint8 weights")
    }
  }

  private func quantization(
    _ context: NodeContext, _ product: ConvolutionQuantization.Product, _ usesFilterZeroPoint: Bool
  ) throws(KernelError) -> ConvolutionQuantization {
    try ConvolutionQuantization(
      context, operands, channels: shape.outputChannels, product: product,
      usesFilterZeroPoint: usesFilterZeroPoint, activation: activation)
  }

  private func hybrid(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try operands.requireBias(.float32)
    let scales = try ConvolutionQuantization.filterScales(
      context.input(operands.filter), operands.filter, channels: shape.outputChannels)
    let clear = HybridConvolution(
      shape: shape, operands: operands, filterScales: scales, isAsymmetric: isHybridAsymmetric,
      scalesByFilterFirst: scalesByFilterFirst, range: activation.floatRange)
    return context.faster(FastHybridConvolution(clear)) ?? clear
  }
}

/// The spatial axes of an operator on NHWC images.
struct SpatialAxes {
  let rows: Window
  let columns: Window

  /// - Parameters:
  ///   - input: N×H×W×C.
  ///   - channels: how many the result has, and what says so for the message.
  /// - Throws: `invalidShape` for options that are out of range, `wrongOutput` where the result has not the shape
  ///   that they give.
  init(
    _ context: NodeContext, input: Shape, filterHeight: Int, filterWidth: Int,
    channels: (count: Int, source: String)
  ) throws(KernelError) {
    let options = context.attributes
    let isSame = options.integer("padding") == 0
    let vertical = Taps(
      filterHeight, stride: options.integer("stride_h"), options.integer("dilation_h_factor", default: 1))
    let horizontal = Taps(
      filterWidth, stride: options.integer("stride_w"), options.integer("dilation_w_factor", default: 1))
    let sizes = [vertical.outputSize(input[1], isSame), horizontal.outputSize(input[2], isSame)]
    let output = try context.outputShape()
    func refusal(_ reason: String) -> KernelError {
      .wrongOutput(0, gives: [input[0]] + sizes + [channels.count], reason: reason)
    }
    rows = try vertical.window(input[1], sizes[0])
    columns = try horizontal.window(input[2], sizes[1])
    guard output.rank == 4 else { throw refusal("output is \(output); it must have 4 dimensions") }
    guard output[1] == sizes[0] else { throw refusal(vertical.difference(input[1], output[1], isSame)) }
    guard output[2] == sizes[1] else { throw refusal(horizontal.difference(input[2], output[2], isSame)) }
    guard output[0] == input[0] else {
      throw refusal("output is \(output), but the batch has \(input[0]) images")
    }
    guard output[3] == channels.count else {
      throw refusal("output is \(output), but \(channels.source)")
    }
  }

  /// The options of one axis.
  private struct Taps {
    let taps: Int
    let stride: Int
    let dilation: Int

    init(_ taps: Int, stride: Int, _ dilation: Int) {
      self.taps = taps
      self.stride = stride
      self.dilation = dilation
    }

    func outputSize(_ input: Int, _ isSame: Bool) -> Int {
      Window.outputSize(input: input, taps: taps, stride: stride, dilation: dilation, isSame: isSame)
    }

    func window(_ input: Int, _ output: Int) throws(KernelError) -> Window {
      try Window(input: input, output: output, taps: taps, stride: stride, dilation: dilation)
    }

    func difference(_ input: Int, _ output: Int, _ isSame: Bool) -> String {
      "output size is \(output); input size \(input), \(taps) taps, stride \(stride), "
        + "dilation \(dilation) and padding \(isSame ? "SAME" : "VALID") give \(outputSize(input, isSame))"
    }
  }
}
