import CKernels

/// A convolution's shape as the C kernels take it: one image at a time.
struct FastConvolutionShape: Sendable {
  let image: NNConvolution
  let images: Int
  let isDepthwise: Bool
  private let inputCount: Int
  private let filterCount: Int
  private let outputCount: Int

  /// - Returns: nil where the C kernels do not compute the shape: groups, empty tensors, and sizes beyond
  ///   what a model for a small device has.
  init?(_ shape: ConvolutionShape) {
    guard shape.isDense || shape.isDepthwise, shape.outputCount > 0, shape.inputCount > 0 else { return nil }
    let isRows = shape.rows.isPoint && shape.columns.isPoint
    let (height, width) = (shape.rows, shape.columns)
    guard
      let image = Self.image(
        shape, outputWidth: isRows ? shape.batches : width.output,
        inputWidth: isRows ? shape.batches : width.input), [height, width].allSatisfy(\.isSmall)
    else { return nil }
    self.image = image
    images = isRows ? 1 : shape.batches
    isDepthwise = !shape.isDense
    inputCount = shape.inputCount
    filterCount = shape.filterCount
    outputCount = shape.outputCount
  }

  var inputsPerImage: Int { inputCount / images }
  var outputsPerImage: Int { outputCount / images }

  /// - Throws: `invalidShape` where a tensor's memory is smaller than its shape.
  func check(input: Int, filter: Int, bias: Int?, output: Int) throws(KernelError) {
    guard input >= inputCount, filter >= filterCount, output >= outputCount,
      bias ?? .max >= Int(image.outputChannels)
    else { throw .invalidShape("a tensor has fewer elements than its shape says") }
  }

  /// The scratch memory that a C kernel asks for.
  ///
  /// - Returns: nil where it is more than a gibibyte.
  func scratch(_ query: (UnsafePointer<NNConvolution>) -> Int) -> Int? {
    var image = image
    let byteCount = unsafe query(&image)
    return byteCount <= 1 << 30 ? byteCount : nil
  }

  private static func image(
    _ shape: ConvolutionShape, outputWidth: Int, inputWidth: Int
  ) -> NNConvolution? {
    func small(_ size: Int) -> Int32? { size <= 1 << 24 ? Int32(size) : nil }
    guard let outputWidth = small(outputWidth), let inputWidth = small(inputWidth),
      let inputChannels = small(shape.inputChannels), let outputChannels = small(shape.outputChannels)
    else { return nil }
    let (rows, columns) = (shape.rows, shape.columns)
    guard rows.isSmall, columns.isSmall else { return nil }
    return NNConvolution(
      inputHeight: Int32(rows.input), inputWidth: inputWidth, inputChannels: inputChannels,
      outputHeight: Int32(rows.output), outputWidth: outputWidth, outputChannels: outputChannels,
      filterHeight: Int32(rows.taps), filterWidth: Int32(columns.taps),
      strideY: Int32(rows.stride), strideX: Int32(columns.stride),
      dilationY: Int32(rows.dilation), dilationX: Int32(columns.dilation),
      padTop: Int32(rows.paddingBefore), padLeft: Int32(columns.paddingBefore))
  }
}

extension Window {
  /// Whether it is one element of input, one of output, and one tap.
  var isPoint: Bool { input == 1 && output == 1 && taps == 1 && stride == 1 && paddingBefore == 0 }

  /// Whether all positions, padding counted, fit in 24 bits.
  var isSmall: Bool {
    let limit = 1 << 24
    guard input <= limit, output <= limit, taps <= limit, stride <= limit, dilation <= limit else {
      return false
    }
    return (taps - 1) * dilation <= limit && output * stride <= limit && paddingBefore <= limit
  }
}
