package import GraphIR
import Tensors

/// Quantized numbers to real ones; equals TFLM's DEQUANTIZE, and LiteRT's for float16, int4, int32 and
/// scales by channel.
package enum Dequantize: Operator {
  package static let builtin = BuiltinOperator.dequantize

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1)
    guard case .float32 = try context.output().elementType else { throw try context.refusal(ofOutputFor: 0) }
    let input = try context.input(0)
    let isPerChannel = input.quantization?.isPerChannel ?? false
    switch input.elementType {
    case .float16: return try context.unaryKernel(HalfWidening())
    case .int4: return PackedDequantization(channels: try ChannelScales(context))
    case .int8 where isPerChannel:
      return ChannelDequantization<Int8>(channels: try ChannelScales(context)).specialized()
    case .int16 where isPerChannel:
      return ChannelDequantization<Int16>(channels: try ChannelScales(context)).specialized()
    case .uint8 where isPerChannel:
      return ChannelDequantization<UInt8>(channels: try ChannelScales(context)).specialized()
    case .int8: return try context.tabulatedKernel(Dequantization<Int8>(context.quantization(ofInput: 0)))
    case .uint8: return try context.tabulatedKernel(Dequantization<UInt8>(context.quantization(ofInput: 0)))
    case .int16: return try context.unaryKernel(Dequantization<Int16>(context.quantization(ofInput: 0)))
    case .int32: return try context.unaryKernel(Dequantization<Int32>(context.quantization(ofInput: 0)))
    default: throw context.refusal(ofInput: 0, takes: "int8, int16, uint8, int32, float16, int4")
    }
  }
}

/// Stored numbers with scales by channel.
private struct ChannelDequantization<Input: KernelInteger>: Kernel {
  let channels: ChannelScales

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let input = try arguments.input(0, Input.self, count: channels.elementCount)
    let output = try arguments.output(Float.self, count: channels.elementCount)
    channels.visit { index, channel in
      output[index] = channels.real(Int32(truncatingIfNeeded: input[index]), channel)
    }
  }
}

/// 4-bit numbers, two to a byte, with scales by channel.
private struct PackedDequantization: Kernel {
  let channels: ChannelScales

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let input = try arguments.input(0, UInt8.self, count: (channels.elementCount + 1) / 2)
    let output = try arguments.output(Float.self, count: channels.elementCount)
    channels.visit { index, channel in
      let nibble = index % 2 == 0 ? input[index / 2] << 4 : input[index / 2] & 0xF0
      output[index] = channels.real(Int32(Int8(bitPattern: nibble) >> 4), channel)
    }
  }
}

/// A float16 by its bits: the exponent is rebased by a multiplication, which normalizes small numbers.
private struct HalfWidening: UnaryFunction {
  @inline(__always)
  func callAsFunction(_ x: UInt16) -> Float {
    let magnitude = Float(bitPattern: UInt32(x & 0x7FFF) &<< 13) * 0x1p112
    let overflow: UInt32 = magnitude < 65536 ? 0 : 0x7F80_0000
    return Float(bitPattern: magnitude.bitPattern | overflow | UInt32(x & 0x8000) &<< 16)
  }
}

/// scale · (x − zero point), a product of doubles that is rounded once.
private struct Dequantization<Input: KernelInteger>: UnaryFunction {
  private let scale: Double
  private let zeroPoint: Int32

  init(_ input: ScaleAndZeroPoint) {
    scale = Double(input.scale)
    zeroPoint = input.zeroPoint
  }

  @inline(__always)
  func callAsFunction(_ x: Input) -> Float {
    Float(scale * Double(Int32(truncatingIfNeeded: x) &- zeroPoint))
  }
}

/// Scale and zero point by channel of an input's quantized axis; one channel where there is one scale.
private struct ChannelScales: Sendable {
  let elementCount: Int
  private let scales: [Float]
  private let zeroPoints: [Int32]
  /// Elements from one channel to the next.
  private let stride: Int

  init(_ context: NodeContext) throws(KernelError) {
    let shape = try context.inputShape(0)
    try context.requireOutput(shape: shape.dimensions)
    try context.requireDense(input: 0)
    guard let quantization = try context.input(0).quantization, let scales = quantization.scales,
      !scales.isEmpty
    else { throw .unsupported("input 0 has no quantization parameters") }
    let axis = quantization.axis
    guard scales.count == 1 || (shape.dimensions.indices.contains(axis) && shape[axis] == scales.count) else {
      throw .unsupported("input 0 has \(scales.count) scales for axis \(axis) of \(shape)")
    }
    let stored = quantization.zeroPoints ?? []
    guard stored.count <= 1 || stored.count == scales.count else {
      throw .unsupported("input 0 has \(stored.count) zero points for \(scales.count) scales")
    }
    self.scales = scales
    zeroPoints = scales.indices.map { channel in
      Int32(truncatingIfNeeded: stored.count > 1 ? stored[channel] : stored.first ?? 0)
    }
    elementCount = shape.elementCount
    stride = scales.count == 1 ? 1 : shape.dimensions[(axis + 1)...].reduce(1, &*)
  }

  func real(_ x: Int32, _ channel: Int) -> Float { scales[channel] * Float(x &- zeroPoints[channel]) }

  /// Calls back for every element, in order.
  @inline(__always)
  func visit(_ body: (_ index: Int, _ channel: Int) -> Void) {
    var index = 0
    while index < elementCount {
      for channel in scales.indices {
        for _ in 0..<stride {
          body(index, channel)
          index += 1
        }
        if index == elementCount { break }
      }
    }
  }
}
