import CKernels

/// The quick form of `Int8Convolution` and `UInt8Convolution`, byte for byte the same.
struct FastByteConvolution: Kernel {
  private let operands: ConvolutionOperands
  private let quantization: ConvolutionQuantization
  private let filterCount: Int
  private let shape: FastConvolutionShape
  /// What makes unsigned bytes signed.
  private let flip: Int32
  /// Multipliers, left shifts and right shifts, each filled up to a multiple of eight.
  private let scaling: [Int32]
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
    self.quantization = quantization
    self.shape = shape
    self.flip = flip
    filterCount = convolution.filterCount
    kernelScratch = byteCount
    weightBytes = operands.filterType == .int4 ? (filterCount + 63) / 64 * 64 : 0
    let columns = [
      quantization.multipliers.map(\.multiplier), quantization.multipliers.map { max($0.shift, 0) },
      quantization.multipliers.map { max(-$0.shift, 0) },
    ]
    let padded = (quantization.multipliers.count + 7) / 8 * 8
    scaling = columns.flatMap { $0 + [Int32](repeating: 0, count: padded - $0.count) }
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
    unsafe scaling.withUnsafeBufferPointer { scaling in
      guard let multipliers = scaling.baseAddress else { return }
      let padded = scaling.count / 3
      var quantization = unsafe NNRequantization(
        multipliers: multipliers, leftShifts: multipliers + padded, rightShifts: multipliers + 2 * padded,
        bias: bias?.pointer, flip: flip, inputOffset: quantization.inputOffset &- flip,
        filterOffset: quantization.filterOffset &- flip, outputOffset: quantization.outputOffset,
        minimum: quantization.range.lowerBound, maximum: quantization.range.upperBound)
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
