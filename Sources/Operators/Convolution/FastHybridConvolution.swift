import CKernels
import Tensors

/// The quick form of `HybridConvolution` for dense filters, bit for bit the same.
struct FastHybridConvolution: Kernel {
  private let operands: ConvolutionOperands
  private let batches: Int
  private let inputCount: Int
  private let filterCount: Int
  /// One per output channel.
  private let filterScales: [Float]
  private let isAsymmetric: Bool
  private let scalesByFilterFirst: Bool
  private let range: ClosedRange<Float>
  private let shape: FastConvolutionShape
  private let weightBytes: Int
  private let kernelScratch: Int

  /// - Returns: nil where only the clear form computes the convolution.
  init?(_ clear: HybridConvolution) {
    guard let shape = FastConvolutionShape(clear.shape), !shape.isDepthwise,
      let byteCount = unsafe shape.scratch({ unsafe nn_convolution_hybrid_scratch($0) })
    else { return nil }
    operands = clear.operands
    batches = clear.shape.batches
    inputCount = clear.shape.inputCount
    filterCount = clear.shape.filterCount
    filterScales = clear.filterScales
    isAsymmetric = clear.isAsymmetric
    scalesByFilterFirst = clear.scalesByFilterFirst
    range = clear.range
    self.shape = shape
    kernelScratch = byteCount
    weightBytes = clear.operands.filterType == .int4 ? (clear.shape.filterCount + 63) / 64 * 64 : 0
  }

  /// Unpacked weights, the C kernel's scratch memory, widened inputs, stored inputs.
  var scratchByteCount: Int {
    weightBytes.saturatingAdd(kernelScratch).saturatingAdd(inputCount.saturatingMultiply(3))
  }

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let input = arguments.input(operands.input, Float.self)
    let filter = arguments.weights(operands, count: filterCount)
    let bias = operands.bias.map { arguments.input($0, Float.self) }
    let output = arguments.output(0, Float.self)
    try shape.check(input: input.count, filter: filter.count, bias: bias?.count, output: output.count)
    precondition(arguments.scratch.byteCount >= scratchByteCount, "scratch memory is too small")
    let scratch = arguments.scratch.elements(UInt8.self, from: weightBytes)
    let widened = arguments.scratch.elements(Int16.self, from: weightBytes + kernelScratch)
    let scales = quantize(input, arguments, to: widened)
    unsafe scales.withUnsafeBufferPointer { scales in
      unsafe filterScales.withUnsafeBufferPointer { filterScales in
        guard let first = scales.baseAddress, let filterScale = filterScales.baseAddress else { return }
        var image = shape.image
        for index in 0..<shape.images {
          var hybrid = unsafe NNHybrid(
            inputScales: first + index, scalesPerPixel: shape.images == scales.count ? 0 : 1,
            filterScales: filterScale, filterScaleFirst: scalesByFilterFirst ? 1 : 0,
            bias: bias?.pointer, minimum: range.lowerBound, maximum: range.upperBound)
          unsafe nn_convolution_hybrid(
            &image, &hybrid, widened.pointer + index * shape.inputsPerImage, filter.pointer,
            output.pointer + index * shape.outputsPerImage, scratch.pointer)
        }
      }
    }
  }

  /// Quantizes the input batch by batch, and subtracts the offsets.
  ///
  /// - Returns: the scale of every batch.
  private func quantize(
    _ input: TensorBuffer<Float>, _ arguments: KernelArguments, to widened: TensorBuffer<Int16>
  ) -> [Float] {
    let stored = arguments.scratch.elements(Int8.self, from: weightBytes + kernelScratch + inputCount * 2)
    let quantizer = HybridQuantizer(isAsymmetric: isAsymmetric)
    let count = inputCount / batches
    return (0..<batches).map { batch in
      let range = batch * count..<(batch + 1) * count
      let parameters = quantizer.quantize(input, range, into: stored, at: range.lowerBound)
      let offset = Int16(truncatingIfNeeded: parameters.offset)
      for index in range { widened[index] = Int16(stored[index]) &- offset }
      return parameters.scale
    }
  }
}
