import CKernels

/// The quick form of `Int16Convolution`, byte for byte the same.
struct FastInt16Convolution: Kernel {
  private let operands: ConvolutionOperands
  private let filterCount: Int
  private let outputOffset: Int32
  private let range: ClosedRange<Int32>
  private let sumsIn32Bits: Bool
  private let shape: FastConvolutionShape
  private let scaling: ChannelScaling
  private let weightBytes: Int
  private let kernelScratch: Int

  /// - Returns: nil where only the clear form computes the convolution.
  init?(_ clear: Int16Convolution) {
    let quantization = clear.quantization
    guard let shape = FastConvolutionShape(clear.shape), quantization.realMultipliers == nil,
      quantization.inputOffset == 0, quantization.filterOffset == 0,
      !shape.isDepthwise || clear.shape.taps < 512,
      quantization.multipliers.allSatisfy({ $0.multiplier >= 0 && (-31...14).contains($0.shift) })
    else { return nil }
    let query = unsafe shape.isDepthwise ? nn_depthwise_int16_scratch : nn_convolution_int16_scratch
    guard let byteCount = unsafe shape.scratch({ unsafe query($0) }) else { return nil }
    operands = clear.operands
    filterCount = clear.shape.filterCount
    outputOffset = quantization.outputOffset
    range = quantization.range
    sumsIn32Bits = clear.sumsIn32Bits
    self.shape = shape
    kernelScratch = byteCount
    weightBytes = (clear.scratchByteCount + 63) / 64 * 64
    let multipliers = quantization.multipliers
    if clear.sumsIn32Bits {
      scaling = ChannelScaling(
        multipliers: multipliers.map(\.multiplier), leftShifts: multipliers.map { max($0.shift, 0) },
        rightShifts: multipliers.map { max(-$0.shift, 0) })
    } else {
      scaling = ChannelScaling(
        multipliers: multipliers.map { Int32($0.reducedMultiplier) }, leftShifts: multipliers.map { _ in 0 },
        rightShifts: multipliers.map { 15 - $0.shift })
    }
  }

  var scratchByteCount: Int { weightBytes.saturatingAdd(kernelScratch) }

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let input = arguments.input(operands.input, Int16.self)
    let filter = arguments.weights(operands, count: filterCount)
    let isNarrow = operands.biasType == .int32
    let bias32 = isNarrow ? operands.bias.map { arguments.input($0, Int32.self) } : nil
    let bias64 = isNarrow ? nil : operands.bias.map { arguments.input($0, Int64.self) }
    let output = arguments.output(0, Int16.self)
    try shape.check(
      input: input.count, filter: filter.count, bias: bias32?.count ?? bias64?.count, output: output.count)
    let scratch = arguments.scratch.elements(UInt8.self, from: weightBytes)
    precondition(scratch.count >= kernelScratch, "scratch memory is too small")
    unsafe scaling.withPointers { multipliers, leftShifts, rightShifts in
      var quantization = unsafe NNWideRequantization(
        multipliers: multipliers, leftShifts: leftShifts, rightShifts: rightShifts, bias32: bias32?.pointer,
        bias64: bias64?.pointer, sumsIn32Bits: sumsIn32Bits ? 1 : 0, outputOffset: outputOffset,
        minimum: range.lowerBound, maximum: range.upperBound)
      var image = shape.image
      let kernel = unsafe shape.isDepthwise ? nn_depthwise_int16 : nn_convolution_int16
      for index in 0..<shape.images {
        unsafe kernel(
          &image, &quantization, input.pointer + index * shape.inputsPerImage, filter.pointer,
          output.pointer + index * shape.outputsPerImage, scratch.pointer)
      }
    }
  }
}
