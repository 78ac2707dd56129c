/// int8 convolution with int8 or 4-bit weights: 32-bit sum of weight · (input − zero point), plus bias,
/// scaled per channel.
struct Int8Convolution: Kernel {
  let shape: ConvolutionShape
  let operands: ConvolutionOperands
  let quantization: ConvolutionQuantization

  var scratchByteCount: Int { operands.filterType == .int4 ? shape.filterCount : 0 }

  func run(_ arguments: KernelArguments) {
    let input = arguments.input(operands.input, Int8.self)
    let filter = arguments.weights(operands, count: shape.filterCount)
    let bias = operands.bias.map { arguments.input($0, Int32.self) }
    let output = arguments.output(0, Int8.self)
    let (inputOffset, filterOffset) = (quantization.inputOffset, quantization.filterOffset)
    shape.forEachOutput { index, channel, taps in
      var sum = bias?[channel] ?? 0
      taps.forEach(channel) {
        sum &+= (Int32(filter[$1]) &+ filterOffset) &* (Int32(input[$0]) &+ inputOffset)
      }
      output[index] = Int8(truncatingIfNeeded: quantization.output(sum, channel))
    }
  }
}

/// Legacy uint8 convolution: both operands have a zero point.
struct UInt8Convolution: Kernel {
  let shape: ConvolutionShape
  let operands: ConvolutionOperands
  let quantization: ConvolutionQuantization

  func run(_ arguments: KernelArguments) {
    let input = arguments.input(operands.input, UInt8.self)
    let filter = arguments.input(operands.filter, UInt8.self)
    let bias = operands.bias.map { arguments.input($0, Int32.self) }
    let output = arguments.output(0, UInt8.self)
    let (inputOffset, filterOffset) = (quantization.inputOffset, quantization.filterOffset)
    shape.forEachOutput { index, channel, taps in
      var sum = bias?[channel] ?? 0
      taps.forEach(channel) {
        sum &+= (Int32(filter[$1]) &+ filterOffset) &* (Int32(input[$0]) &+ inputOffset)
      }
      output[index] = UInt8(truncatingIfNeeded: quantization.output(sum, channel))
    }
  }
}

/// int16 convolution with int8 or 4-bit weights.
///
/// The sum has 32 bits and a full multiplier with a 32-bit bias, and 64 bits and a 15-bit multiplier otherwise.
struct Int16Convolution: Kernel {
  let shape: ConvolutionShape
  let operands: ConvolutionOperands
  let quantization: ConvolutionQuantization
  let sumsIn32Bits: Bool

  var scratchByteCount: Int { operands.filterType == .int4 ? shape.filterCount : 0 }

  func run(_ arguments: KernelArguments) {
    let input = arguments.input(operands.input, Int16.self)
    let filter = arguments.weights(operands, count: shape.filterCount)
    let output = arguments.output(0, Int16.self)
    let bias = arguments.wideBias(operands)
    let (inputOffset, filterOffset) = (quantization.inputOffset, quantization.filterOffset)
    shape.forEachOutput { index, channel, taps in
      var sum = bias(channel)
      taps.forEach(channel) {
        let product = (Int32(filter[$1]) &+ filterOffset) &* (Int32(input[$0]) &+ inputOffset)
        sum &+= Int64(product)
      }
      let result =
        sumsIn32Bits
        ? quantization.output(Int32(truncatingIfNeeded: sum), channel) : quantization.output(sum, channel)
      output[index] = Int16(truncatingIfNeeded: result)
    }
  }
}
