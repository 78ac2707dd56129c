import Testing

@testable import Operators

/// The printed value of an int8 convolution is all that its kernel runs on: a plain loop that has only the
/// fields gives the same bytes.
@Suite struct LoweredConvolutionTests {
  @Test(arguments: 0..<80) func fieldsAloneGiveTheSameBytes(seed: Int) throws {
    var random = try RandomConvolution(seed: seed)
    let shape = random.shape
    let (input, filter) = (random.bytes(shape.inputCount), random.bytes(shape.filterCount))
    let bias = random.hasBias ? random.integers(shape.outputChannels) : nil
    let kernel = try #require(
      FastByteConvolution(
        Int8Convolution(
          shape: shape, operands: ConvolutionOperands(.int8, .int8, bias: bias == nil ? nil : .int32),
          quantization: random.quantization)))
    let operands = [input, filter] + (bias.map { [$0] } ?? [])
    #expect(
      try PrintedConvolution(kernel.lowered).run(operands)
        == kernel.result(operands, byteCount: shape.outputCount))
  }

  private func convolution(
    stride: Int64 = 1, scale: Float = 0.5, activation: Int64 = 0
  ) throws -> any Kernel {
    let size: Int32 = stride == 1 ? 5 : 3
    return try KernelFixture(
      Conv2D.self,
      [.tensor([1, 5, 5, 2], .int8).quantized(0.1, 3), .tensor([4, 3, 3, 2], .int8).quantized(0.02)],
      [.tensor([1, size, size, 4], .int8).quantized(scale, -5)],
      [("stride_h", stride), ("stride_w", stride), ("fused_activation_function", activation)]
    ).kernel()
  }

  @Test func aChangedAttributeChangesTheValue() throws {
    let value = try convolution().lowered
    #expect(try convolution().lowered == value)
    #expect(try convolution(stride: 2).lowered != value)
    #expect(try convolution(scale: 0.25).lowered != value)
    #expect(try convolution(activation: 1).lowered != value)
  }

  @Test func preparedNodesAreReadAlike() throws {
    var random = try RandomConvolution(seed: 1)
    let operands = [random.bytes(50), random.bytes(72)]
    for kernel in [try convolution(), try convolution(stride: 2), try convolution(activation: 1)] {
      let expected = try PrintedConvolution(kernel.lowered).run(operands)
      #expect(try kernel.result(operands, byteCount: expected.count) == expected)
    }
    let layer = try KernelFixture(
      FullyConnected.self,
      [.tensor([3, 8], .int8).quantized(0.1, 3), .tensor([6, 8], .int8).quantized(0.02)],
      [.tensor([3, 6], .int8).quantized(0.3, 9)]
    ).kernel()
    let rows = [random.bytes(24), random.bytes(48)]
    #expect(try layer.result(rows, byteCount: 18) == PrintedConvolution(layer.lowered).run(rows))
  }
}

/// A convolution read from the fields of a printed `FastByteConvolution`, and nothing else.
private struct PrintedConvolution {
  struct Missing: Error { let name: String }

  private let value: LoweredOperator
  private let image: LoweredValue

  init(_ value: LoweredOperator) throws {
    guard value.form == "FastByteConvolution", let image = value["shape"]?["image"] else {
      throw Missing(name: value.form)
    }
    self.value = value
    self.image = image
  }

  private func size(_ name: String) throws -> Int {
    guard let size = image[name]?.integer else { throw Missing(name: name) }
    return size
  }

  private func number(_ name: String) throws -> Int {
    guard let number = value[name]?.integer else { throw Missing(name: name) }
    return number
  }

  private func operand(_ name: String, _ operands: [[UInt8]]) throws -> [UInt8] {
    guard let position = value["operands"]?[name]?.integer else { throw Missing(name: name) }
    return operands[position]
  }

  func run(_ operands: [[UInt8]]) throws -> [UInt8] {
    let input = try operand("input", operands)
    let images = value["shape"]?["images"]?.integer ?? 0
    let (rows, columns) = (try size("outputHeight"), try size("outputWidth"))
    let bias = value["operands"]?["bias"] == .absent ? nil : try operand("bias", operands)
    var output: [UInt8] = []
    for index in 0..<images {
      let start = index * input.count / images
      let source = Array(input[start..<start + input.count / images])
      for position in 0..<rows * columns {
        for channel in 0..<(try size("outputChannels")) {
          var sum = try products(
            source, try operand("filter", operands), row: position / columns, column: position % columns,
            channel)
          if let bias { sum += Self.word(bias, channel) }
          output.append(try stored(sum, channel))
        }
      }
    }
    return output
  }

  /// The sum over the filter's taps of one output.
  private func products(
    _ input: [UInt8], _ filter: [UInt8], row: Int, column: Int, _ channel: Int
  ) throws -> Int {
    let (height, width, depth) = (try size("inputHeight"), try size("inputWidth"), try size("inputChannels"))
    let (rows, columns, outputs) = (
      try size("filterHeight"), try size("filterWidth"), try size("outputChannels")
    )
    let (inputOffset, filterOffset) = (try number("inputOffset"), try number("filterOffset"))
    let isDepthwise = value["shape"]?["isDepthwise"] == .flag(true)
    var sum = 0
    for tapRow in 0..<rows {
      for tapColumn in 0..<columns {
        let y = row * (try size("strideY")) - (try size("padTop")) + tapRow * (try size("dilationY"))
        let x = column * (try size("strideX")) - (try size("padLeft")) + tapColumn * (try size("dilationX"))
        guard (0..<height).contains(y), (0..<width).contains(x) else { continue }
        let tap = tapRow * columns + tapColumn
        for index in isDepthwise ? channel / (outputs / depth)..<channel / (outputs / depth) + 1 : 0..<depth {
          let weight =
            isDepthwise ? tap * outputs + channel : (channel * rows * columns + tap) * depth + index
          let stored = Int(Int8(bitPattern: input[(y * width + x) * depth + index]))
          sum += (Int(Int8(bitPattern: filter[weight])) + filterOffset) * (stored + inputOffset)
        }
      }
    }
    return sum
  }

  /// A sum scaled, shifted and clamped.
  private func stored(_ sum: Int, _ channel: Int) throws -> UInt8 {
    guard let scaling = value["scaling"], let multipliers = scaling["multipliers"]?.integers,
      let left = scaling["leftShifts"]?.integers, let right = scaling["rightShifts"]?.integers,
      let lower = value["range"]?["lowerBound"]?.integer, let upper = value["range"]?["upperBound"]?.integer
    else { throw Missing(name: "scaling") }
    let shifted = Int(Int32(truncatingIfNeeded: sum << left[channel]))
    let product = (shifted * multipliers[channel] + (1 << 30)) >> 31
    let mask = (1 << right[channel]) - 1
    let rounds = (product & mask) > (mask >> 1) + (product < 0 ? 1 : 0)
    let scaled = (product >> right[channel]) + (rounds ? 1 : 0)
    let clamped = min(max(scaled + (try number("outputOffset")), lower), upper)
    return UInt8(truncatingIfNeeded: clamped)
  }

  private static func word(_ bytes: [UInt8], _ index: Int) -> Int {
    let pattern = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[index * 4 + $1]) << ($1 * 8) }
    return Int(Int32(bitPattern: pattern))
  }
}
