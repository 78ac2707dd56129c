import CKernels

/// The quick form of `FloatConvolution`, which adds in the same order: bit for bit the same.
struct FastFloatConvolution: Kernel {
  private let operands: ConvolutionOperands
  private let range: ClosedRange<Float>
  private let shape: FastConvolutionShape
  let scratchByteCount: Int

  /// - Returns: nil where only the clear form computes the convolution.
  init?(_ reference: FloatConvolution) {
    guard let shape = FastConvolutionShape(reference.shape) else { return nil }
    let query = unsafe shape.isDepthwise ? nn_depthwise_float_scratch : nn_convolution_float_scratch
    guard let byteCount = unsafe shape.scratch({ unsafe query($0) }) else { return nil }
    operands = reference.operands
    range = reference.range
    self.shape = shape
    scratchByteCount = byteCount
  }

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let input = arguments.input(operands.input, Float.self)
    let filter = arguments.input(operands.filter, Float.self)
    let bias = operands.bias.map { arguments.input($0, Float.self) }
    let output = arguments.output(0, Float.self)
    try shape.check(input: input.count, filter: filter.count, bias: bias?.count, output: output.count)
    let scratch = arguments.scratch.elements(UInt8.self)
    precondition(scratch.count >= scratchByteCount, "scratch memory is too small")
    var image = shape.image
    let kernel = unsafe shape.isDepthwise ? nn_depthwise_float : nn_convolution_float
    for index in 0..<shape.images {
      unsafe kernel(
        &image, bias?.pointer, range.lowerBound, range.upperBound,
        input.pointer + index * shape.inputsPerImage, filter.pointer,
        output.pointer + index * shape.outputsPerImage, scratch.pointer)
    }
  }
}
