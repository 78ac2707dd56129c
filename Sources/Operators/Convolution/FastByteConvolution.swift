import CKernels

/// The quick form of `Int8Convolution` and `UInt8Convolution`, byte for byte the same.
struct FastByteConvolution: Kernel {
  private let operands: ConvolutionOperands
  private let inputOffset: Int32
  private let filterOffset: Int32
  private let outputOffset: Int32
  private let range: ClosedRange<Int32>
  private let filterCount: Int
  private let shape: FastConvolutionShape
  /// What makes unsigned bytes signed.
  private let flip: Int32
  private let scaling: ChannelScaling
  /// Bytes of unpacked weights in front of the C kernel's scratch memory.
  private let weightBytes: Int
  private let kernelScratch: Int

  /// - Returns: nil where only the clear form computes the convolution.
  init?(_ clear: Int8Convolution) {
    self.init(clear.shape, clear.operands, clear.quantization, flip: 0)
  }

  /// - Returns: nil where only the clear form computes the convolution.
  init?(_ clear: UInt8Convolution) {
    self.init(clear.shape, clear.operands, clear.quantization, flip: -128)
  }

  private init?(
    _ convolution: ConvolutionShape, _ operands: ConvolutionOperands, _ quantization: ConvolutionQuantization,
    flip: Int32
  ) {
    guard let shape = FastConvolutionShape(convolution), quantization.realMultipliers == nil,
      (-127...128).contains(quantization.inputOffset &- flip),
      (-128...128).contains(quantization.filterOffset &- flip),
      quantization.multipliers.allSatisfy({ $0.multiplier >= 0 && (-31...31).contains($0.shift) })
    else { return nil }
    let query = unsafe shape.isDepthwise ? nn_depthwise_int8_scratch : nn_convolution_int8_scratch
    guard let byteCount = unsafe shape.scratch({ unsafe query($0, flip) }) else { return nil }
    self.operands = operands
    inputOffset = quantization.inputOffset
    filterOffset = quantization.filterOffset
    outputOffset = quantization.outputOffset
    range = quantization.range
    self.shape = shape
    self.flip = flip
    filterCount = convolution.filterCount
    kernelScratch = byteCount
    weightBytes = operands.filterType == .int4 ? (filterCount + 63) / 64 * 64 : 0
    scaling = ChannelScaling(
      multipliers: quantization.multipliers.map(\.multiplier),
      leftShifts: quantization.multipliers.map { max($0.shift, 0) },
      rightShifts: quantization.multipliers.map { max(-$0.shift, 0) }, granularity: 8)
  }

  var scratchByteCount: Int { weightBytes.saturatingAdd(kernelScratch) }

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let input = arguments.input(operands.input, Int8.self)
    let filter = arguments.weights(operands, count: filterCount)
    let bias = operands.bias.map { arguments.input($0, Int32.self) }
    let output = arguments.output(0, Int8.self)
    try shape.check(input: input.count, filter: filter.count, bias: bias?.count, output: output.count)
    let scratch = arguments.scratch.elements(UInt8.self, from: weightBytes)
    precondition(scratch.count >= kernelScratch, "scratch memory is too small")
    unsafe scaling.withPointers { multipliers, leftShifts, rightShifts in
      var quantization = unsafe NNRequantization(
        multipliers: multipliers, leftShifts: leftShifts, rightShifts: rightShifts, bias: bias?.pointer,
        flip: flip, inputOffset: inputOffset &- flip, filterOffset: filterOffset &- flip,
        outputOffset: outputOffset, minimum: range.lowerBound, maximum: range.upperBound)
      var image = shape.image
      let kernel = unsafe shape.isDepthwise ? nn_depthwise_int8 : nn_convolution_int8
      for index in 0..<shape.images {
        unsafe kernel(
          &image, &quantization, input.pointer + index * shape.inputsPerImage, filter.pointer,
          output.pointer + index * shape.outputsPerImage, scratch.pointer)
      }
    }
  }
}
