import CKernels

/// The quick form of average and maximum pools of float32, int8 and uint8, bit for bit the same.
struct FastPool: Kernel {
  enum Element {
    case float(ClosedRange<Float>)
    case int8(ClosedRange<Int32>)
    case uint8(ClosedRange<Int32>)
  }

  private let element: Element
  private let isAverage: Bool
  private let batches: Int
  private let image: NNConvolution
  private let inputsPerImage: Int
  private let outputsPerImage: Int

  /// - Returns: nil where only the clear form computes the pool.
  init?(_ shape: PoolShape, _ element: Element, isAverage: Bool) {
    let (rows, columns) = (shape.rows, shape.columns)
    guard rows.isSmall, columns.isSmall, shape.channels <= 1 << 24, shape.outputCount > 0,
      rows.input * columns.input <= 1 << 22
    else { return nil }
    self.element = element
    self.isAverage = isAverage
    batches = shape.batches
    inputsPerImage = rows.input * columns.input * shape.channels
    outputsPerImage = rows.output * columns.output * shape.channels
    image = NNConvolution(
      inputHeight: Int32(rows.input), inputWidth: Int32(columns.input), inputChannels: Int32(shape.channels),
      outputHeight: Int32(rows.output), outputWidth: Int32(columns.output),
      outputChannels: Int32(shape.channels), filterHeight: Int32(rows.taps), filterWidth: Int32(columns.taps),
      strideY: Int32(rows.stride), strideX: Int32(columns.stride), dilationY: 1, dilationX: 1,
      padTop: Int32(rows.paddingBefore), padLeft: Int32(columns.paddingBefore))
  }

  var scratchByteCount: Int { Int(image.inputChannels) * 4 }

  func run(_ arguments: KernelArguments) throws(KernelError) {
    switch element {
    case .float(let range): try run(arguments, range)
    case .int8(let range): try run(arguments, range, flip: 0)
    case .uint8(let range): try run(arguments, range, flip: -128)
    }
  }

  private func run(_ arguments: KernelArguments, _ range: ClosedRange<Float>) throws(KernelError) {
    let input = arguments.input(0, Float.self)
    let output = arguments.output(0, Float.self)
    try check(input.count, output.count, arguments)
    let kernel = unsafe isAverage ? nn_average_pool_float : nn_max_pool_float
    var image = image
    for index in 0..<batches {
      unsafe kernel(
        &image, range.lowerBound, range.upperBound, input.pointer + index * inputsPerImage,
        output.pointer + index * outputsPerImage, arguments.scratch.elements(UInt8.self).pointer)
    }
  }

  private func run(
    _ arguments: KernelArguments, _ range: ClosedRange<Int32>, flip: Int32
  ) throws(KernelError) {
    let input = arguments.input(0, Int8.self)
    let output = arguments.output(0, Int8.self)
    try check(input.count, output.count, arguments)
    let kernel = unsafe isAverage ? nn_average_pool_int8 : nn_max_pool_int8
    var image = image
    for index in 0..<batches {
      unsafe kernel(
        &image, flip, range.lowerBound, range.upperBound, input.pointer + index * inputsPerImage,
        output.pointer + index * outputsPerImage, arguments.scratch.elements(UInt8.self).pointer)
    }
  }

  private func check(_ input: Int, _ output: Int, _ arguments: KernelArguments) throws(KernelError) {
    guard input >= batches * inputsPerImage, output >= batches * outputsPerImage else {
      throw .invalidShape("a tensor has fewer elements than its shape says")
    }
    precondition(arguments.scratch.byteCount >= scratchByteCount, "scratch memory is too small")
  }
}
