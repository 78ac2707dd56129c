import Tensors

/// float32 convolution with 8-bit or 4-bit weights, as LiteRT's reference kernels compute it: activations
/// are quantized to int8 per batch, summed as integers, and scaled back.
struct HybridConvolution: Kernel {
  let shape: ConvolutionShape
  let operands: ConvolutionOperands
  /// One per output channel.
  let filterScales: [Float]
  let isAsymmetric: Bool
  /// Whether sums are multiplied with the filter's scale and then with the input's, each time rounded, instead of
  /// with the product of both.
  var scalesByFilterFirst = false
  let range: ClosedRange<Float>

  var scratchByteCount: Int { shape.filterCount.saturatingAdd(shape.inputCount) }

  func run(_ arguments: KernelArguments) {
    let filter = arguments.weights(operands, count: shape.filterCount)
    let bias = operands.bias.map { arguments.input($0, Float.self) }
    let output = arguments.output(0, Float.self)
    let stored = arguments.scratch.elements(Int8.self, from: shape.filterCount)
    let rows = quantize(arguments.input(operands.input, Float.self), to: stored)
    shape.forEachOutput { index, channel, taps in
      let row = rows[taps.batch]
      var sum: Int32 = 0
      taps.forEach(channel) { sum &+= Int32(filter[$1]) &* (Int32(stored[$0]) &- row.offset) }
      let filterScale = filterScales[channel]
      let real =
        scalesByFilterFirst ? Float(sum) * filterScale * row.scale : Float(sum) * (row.scale * filterScale)
      output[index] = clamp((bias?[channel] ?? 0) + real, to: range)
    }
  }

  private func quantize(
    _ input: TensorBuffer<Float>, to stored: TensorBuffer<Int8>
  ) -> [HybridQuantizer.Parameters] {
    let count = shape.batches == 0 ? 0 : shape.inputCount / shape.batches
    let quantizer = HybridQuantizer(isAsymmetric: isAsymmetric)
    return (0..<shape.batches).map { batch in
      let start = batch * count
      return quantizer.quantize(input, start..<start + count, into: stored, at: start)
    }
  }
}
