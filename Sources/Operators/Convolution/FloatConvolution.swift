/// float32 convolution: sum in the order of TensorFlow Lite's reference kernels, plus bias, clamped.
struct FloatConvolution: Kernel {
  let shape: ConvolutionShape
  let operands: ConvolutionOperands
  let range: ClosedRange<Float>

  func run(_ arguments: KernelArguments) {
    let input = arguments.input(operands.input, Float.self)
    let filter = arguments.input(operands.filter, Float.self)
    let bias = operands.bias.map { arguments.input($0, Float.self) }
    let output = arguments.output(0, Float.self)
    shape.forEachOutput { index, channel, taps in
      var sum: Float = 0
      taps.forEach(channel) { sum += input[$0] * filter[$1] }
      output[index] = clamp(sum + (bias?[channel] ?? 0), to: range)
    }
  }
}
