import Testing

@testable import Operators

/// The quick forms of convolutions against the clear ones, on random shapes.
@Suite struct FastConvolutionTests {
  @Test(arguments: 0..<80) func int8IsByteForByteTheSame(seed: Int) throws {
    var random = try RandomConvolution(seed: seed)
    let shape = random.shape
    let weights = seed % 7 == 0 ? (shape.filterCount + 1) / 2 : shape.filterCount
    var inputs = [random.bytes(shape.inputCount), random.bytes(weights)]
    if random.hasBias { inputs.append(random.integers(shape.outputChannels)) }
    let clear = Int8Convolution(
      shape: shape,
      operands: ConvolutionOperands(
        .int8, seed % 7 == 0 ? .int4 : .int8, bias: random.hasBias ? .int32 : nil),
      quantization: random.quantization)
    let fast = try #require(FastByteConvolution(clear))
    let expected = try clear.result(inputs, byteCount: shape.outputCount)
    #expect(try fast.result(inputs, byteCount: shape.outputCount) == expected)
  }

  @Test(arguments: 0..<50) func uint8IsByteForByteTheSame(seed: Int) throws {
    var random = try RandomConvolution(seed: seed, isUnsigned: true)
    let shape = random.shape
    var inputs = [random.bytes(shape.inputCount), random.bytes(shape.filterCount)]
    if random.hasBias { inputs.append(random.integers(shape.outputChannels)) }
    let clear = UInt8Convolution(
      shape: shape, operands: ConvolutionOperands(.uint8, .uint8, bias: random.hasBias ? .int32 : nil),
      quantization: random.quantization)
    let fast = try #require(FastByteConvolution(clear))
    let expected = try clear.result(inputs, byteCount: shape.outputCount)
    #expect(try fast.result(inputs, byteCount: shape.outputCount) == expected)
  }

  @Test(arguments: 0..<80) func int16IsByteForByteTheSame(seed: Int) throws {
    var random = try RandomConvolution(seed: seed)
    let shape = random.shape
    let isNarrow = seed % 2 == 0
    var inputs = [random.bytes(shape.inputCount * 2), random.bytes(shape.filterCount)]
    if random.hasBias { inputs.append(random.integers(shape.outputChannels * (isNarrow ? 1 : 2))) }
    let clear = Int16Convolution(
      shape: shape,
      operands: ConvolutionOperands(
        .int16, .int8, bias: random.hasBias ? isNarrow ? .int32 : .int64 : nil),
      quantization: random.quantization.withoutOffsets, sumsIn32Bits: isNarrow)
    let fast = try #require(FastInt16Convolution(clear))
    let expected = try clear.result(inputs, byteCount: shape.outputCount * 2)
    #expect(try fast.result(inputs, byteCount: shape.outputCount * 2) == expected)
  }

  @Test(arguments: 0..<80) func hybridIsBitForBitTheSame(seed: Int) throws {
    var random = try RandomConvolution(seed: seed)
    let shape = random.shape
    var inputs = [random.floats(shape.inputCount), random.bytes(shape.filterCount)]
    if random.hasBias { inputs.append(random.floats(shape.outputChannels)) }
    let clear = HybridConvolution(
      shape: shape,
      operands: ConvolutionOperands(.float32, .int8, bias: random.hasBias ? .float32 : nil),
      filterScales: (0..<shape.outputChannels).map { Float($0 + 1) / 100 }, isAsymmetric: seed % 2 == 0,
      scalesByFilterFirst: seed % 3 == 0, range: -1...1)
    guard let fast = FastHybridConvolution(clear) else {
      #expect(!shape.isDense)
      return
    }
    let expected = try clear.result(inputs, byteCount: shape.outputCount * 4)
    #expect(try fast.result(inputs, byteCount: shape.outputCount * 4) == expected)
  }

  @Test(arguments: 0..<80) func floatIsBitForBitTheSame(seed: Int) throws {
    var random = try RandomConvolution(seed: seed)
    let shape = random.shape
    var inputs = [random.floats(shape.inputCount), random.floats(shape.filterCount)]
    if random.hasBias { inputs.append(random.floats(shape.outputChannels)) }
    let clear = FloatConvolution(
      shape: shape,
      operands: ConvolutionOperands(.float32, .float32, bias: random.hasBias ? .float32 : nil),
      range: seed % 2 == 0 ? -1...1 : -.greatestFiniteMagnitude ... .greatestFiniteMagnitude)
    let fast = try #require(FastFloatConvolution(clear))
    let expected = try clear.result(inputs, byteCount: shape.outputCount * 4)
    #expect(try fast.result(inputs, byteCount: shape.outputCount * 4) == expected)
  }
}
