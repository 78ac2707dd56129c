import Tensors

@testable import Operators

/// A convolution of random shape with random operands, seeded.
struct RandomConvolution {
  let shape: ConvolutionShape
  let quantization: ConvolutionQuantization
  let hasBias: Bool
  private var generator: SeededRandom

  init(seed: Int, isUnsigned: Bool = false) throws {
    var generator = SeededRandom(seed: UInt64(seed))
    func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    func window() throws -> Window {
      let (taps, stride, dilation) = (pick(1...4), pick(1...3), pick(1...4) == 1 ? 2 : 1)
      let isSame = pick(0...1) == 0
      let input = isSame ? pick(1...11) : (taps - 1) * dilation + pick(1...11)
      let output = Window.outputSize(
        input: input, taps: taps, stride: stride, dilation: dilation, isSame: isSame)
      return try Window(input: input, output: output, taps: taps, stride: stride, dilation: dilation)
    }
    let point = try Window(input: 1, output: 1, taps: 1, stride: 1)
    let channels = pick(0...3) == 0 ? pick(1...70) : pick(1...20)
    switch seed % 3 {
    case 0:
      shape = .depthwise(
        batches: pick(1...2), rows: try window(), columns: try window(), inputChannels: channels,
        multiplier: pick(0...1) == 0 ? 1 : pick(2...5))
    case 1 where seed % 4 == 0:
      shape = .dense(
        batches: pick(1...9), rows: point, columns: point, inputChannels: channels,
        outputChannels: pick(1...30), depth: channels)
    default:
      shape = .dense(
        batches: pick(1...2), rows: try window(), columns: try window(), inputChannels: channels,
        outputChannels: pick(1...30), depth: channels)
    }
    hasBias = pick(0...3) > 0
    let stored = isUnsigned ? 0...255 : -128...127
    let zeroPoint = Int32(pick(stored))
    let outputZeroPoint = Int32(pick(stored))
    quantization = ConvolutionQuantization(
      multipliers: (0..<shape.outputChannels).map { _ in
        QuantizedMultiplier(Double.random(in: -14...1, using: &generator).exponential)
      },
      inputOffset: 0 - zeroPoint, filterOffset: isUnsigned ? Int32(-pick(0...255)) : seed % 5 == 1 ? 3 : 0,
      outputOffset: outputZeroPoint,
      range: (pick(0...1) == 0 ? Int32(stored.lowerBound) : outputZeroPoint)...Int32(stored.upperBound))
    self.generator = generator
  }

  /// Random bytes of one operand.
  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// Random elements of one operand as bytes.
  mutating func floats(_ count: Int) -> [UInt8] {
    (0..<count).flatMap { _ in
      let pattern = Float.random(in: -2...2, using: &generator).bitPattern
      return (0..<4).map { UInt8(truncatingIfNeeded: pattern >> ($0 * 8)) }
    }
  }

  /// Random 32-bit elements of one operand as bytes.
  mutating func integers(_ count: Int) -> [UInt8] {
    (0..<count).flatMap { _ in
      let number = Int32.random(in: -100_000...100_000, using: &generator)
      return (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
  }
}

extension Double {
  fileprivate var exponential: Double { 1.5 * Double(sign: .plus, exponent: Int(rounded()), significand: 1) }
}

extension Kernel {
  /// The bytes of the result of one run.
  func result(_ operands: [[UInt8]], byteCount: Int) throws -> [UInt8] {
    let inputs = operands.map { Memory($0, .uint8) }
    let output = Memory([UInt8](repeating: 0xAA, count: byteCount), .uint8)
    let scratch = Memory([UInt8](repeating: 0xAA, count: scratchByteCount), .uint8)
    let arguments = KernelArguments(
      inputs: inputs.map(\.memory), outputs: [output.memory], scratch: scratch.memory)
    return try withExtendedLifetime((inputs, output, scratch)) {
      try run(arguments)
      return output.bytes
    }
  }
}
