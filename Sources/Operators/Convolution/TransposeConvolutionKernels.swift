/// float32 transposed convolution, summed in scratch memory.
struct FloatTransposeConvolution: Kernel {
  let shape: TransposeConvolutionShape
  let operands: ConvolutionOperands
  let range: ClosedRange<Float>

  var scratchByteCount: Int { shape.outputCount.saturatingMultiply(4) }

  func run(_ arguments: KernelArguments) {
    let input = arguments.input(operands.input, Float.self)
    let filter = arguments.input(operands.filter, Float.self)
    let bias = operands.bias.map { arguments.input($0, Float.self) }
    let output = arguments.output(0, Float.self)
    let sums = arguments.scratch.elements(Float.self)
    for index in 0..<shape.outputCount { sums[index] = 0 }
    shape.forEachProduct { target, source, weight, _ in sums[target] += input[source] * filter[weight] }
    for index in 0..<shape.outputCount {
      output[index] = clamp(sums[index] + (bias?[index % shape.outputChannels] ?? 0), to: range)
    }
  }
}

/// float32 transposed convolution with int8 weights: activations are quantized per batch.
struct HybridTransposeConvolution: Kernel {
  let shape: TransposeConvolutionShape
  let operands: ConvolutionOperands
  let filterScales: [Float]
  let range: ClosedRange<Float>

  var scratchByteCount: Int { shape.outputCount.saturatingMultiply(4).saturatingAdd(shape.inputCount) }

  func run(_ arguments: KernelArguments) {
    let input = arguments.input(operands.input, Float.self)
    let filter = arguments.input(operands.filter, Int8.self)
    let bias = operands.bias.map { arguments.input($0, Float.self) }
    let output = arguments.output(0, Float.self)
    let sums = arguments.scratch.elements(Int32.self)
    let stored = arguments.scratch.elements(Int8.self, from: shape.outputCount * 4)
    let count = shape.batches == 0 ? 0 : shape.inputCount / shape.batches
    let quantizer = HybridQuantizer(isAsymmetric: true)
    let rows = (0..<shape.batches).map {
      quantizer.quantize(input, $0 * count..<($0 + 1) * count, into: stored, at: $0 * count)
    }
    for index in 0..<shape.outputCount { sums[index] = 0 }
    shape.forEachProduct { target, source, weight, batch in
      sums[target] &+= Int32(filter[weight]) &* (Int32(stored[source]) &- rows[batch].offset)
    }
    let outputsPerBatch = shape.outputCount / max(1, shape.batches)
    for index in 0..<shape.outputCount {
      let channel = index % shape.outputChannels
      let scale = rows[index / outputsPerBatch].scale * filterScales[channel]
      output[index] = clamp((bias?[channel] ?? 0) + Float(sums[index]) * scale, to: range)
    }
  }
}

/// int8 and uint8 transposed convolution, summed with 32 bits in scratch memory.
struct IntegerTransposeConvolution<Element: FixedWidthInteger & BitwiseCopyable & Sendable>: Kernel {
  let shape: TransposeConvolutionShape
  let operands: ConvolutionOperands
  let quantization: ConvolutionQuantization

  var scratchByteCount: Int { shape.outputCount.saturatingMultiply(4) }

  func run(_ arguments: KernelArguments) {
    let input = arguments.input(operands.input, Element.self)
    let filter = arguments.input(operands.filter, Element.self)
    let bias = operands.bias.map { arguments.input($0, Int32.self) }
    let output = arguments.output(0, Element.self)
    let sums = arguments.scratch.elements(Int32.self)
    let (inputOffset, filterOffset) = (quantization.inputOffset, quantization.filterOffset)
    for index in 0..<shape.outputCount { sums[index] = 0 }
    shape.forEachProduct { target, source, weight, _ in
      sums[target] &+=
        (Int32(truncatingIfNeeded: input[source]) &+ inputOffset)
        &* (Int32(truncatingIfNeeded: filter[weight]) &+ filterOffset)
    }
    for index in 0..<shape.outputCount {
      let channel = index % shape.outputChannels
      let sum = sums[index] &+ (bias?[channel] ?? 0)
      output[index] = Element(truncatingIfNeeded: quantization.output(sum, channel))
    }
  }
}

/// int16 transposed convolution with int8 weights, summed in scratch memory.
///
/// A 32-bit bias, which LiteRT takes where the options announce it, makes the sums 32 bits wide.
struct Int16TransposeConvolution: Kernel {
  let shape: TransposeConvolutionShape
  let operands: ConvolutionOperands
  let quantization: ConvolutionQuantization

  var scratchByteCount: Int { shape.outputCount.saturatingMultiply(8) }

  func run(_ arguments: KernelArguments) {
    let input = arguments.input(operands.input, Int16.self)
    let filter = arguments.input(operands.filter, Int8.self)
    let output = arguments.output(0, Int16.self)
    let sums = arguments.scratch.elements(Int64.self)
    let bias = arguments.wideBias(operands)
    for index in 0..<shape.outputCount { sums[index] = 0 }
    shape.forEachProduct { target, source, weight, _ in
      sums[target] &+= Int64(Int32(input[source]) &* Int32(filter[weight]))
    }
    for index in 0..<shape.outputCount {
      let channel = index % shape.outputChannels
      let sum = sums[index] &+ bias(channel)
      output[index] = Int16(truncatingIfNeeded: quantization.output(sum, channel))
    }
  }
}
