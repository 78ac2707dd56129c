import GraphIR
import Tensors

/// What turns an integer sum into a stored output: one multiplier per output channel, offsets, limits.
struct ConvolutionQuantization: Sendable, Equatable {
  /// One per output channel.
  let multipliers: [QuantizedMultiplier]
  /// Added to stored inputs: minus their zero point.
  let inputOffset: Int32
  /// Added to stored weights: minus their zero point, or 0 where the runtime ignores it.
  let filterOffset: Int32
  /// Added to scaled sums: the output's zero point.
  let outputOffset: Int32
  /// The limits of stored outputs: those of the type and of the fused activation.
  let range: ClosedRange<Int32>
  /// The real numbers behind `multipliers`, where the runtime scales sums in double precision.
  let realMultipliers: [Double]?

  init(
    multipliers: [QuantizedMultiplier], inputOffset: Int32, filterOffset: Int32, outputOffset: Int32,
    range: ClosedRange<Int32>, realMultipliers: [Double]? = nil
  ) {
    self.multipliers = multipliers
    self.inputOffset = inputOffset
    self.filterOffset = filterOffset
    self.outputOffset = outputOffset
    self.range = range
    self.realMultipliers = realMultipliers
  }

  /// How a runtime computes the real multiplier from the three scales.
  enum Product {
    /// In double precision, per channel.
    case exact
    /// The product of input and filter scale in single precision (`GetQuantizedConvolutionMultipler`).
    case legacy
    /// In double precision, and sums are multiplied by it as they are.
    case real
  }

  /// Without offsets, as the 16-bit kernels compute.
  var withoutOffsets: ConvolutionQuantization {
    ConvolutionQuantization(
      multipliers: multipliers, inputOffset: 0, filterOffset: 0, outputOffset: 0, range: range)
  }

  /// The stored output of a sum.
  @inline(__always)
  func output(_ sum: Int32, _ channel: Int) -> Int32 {
    guard realMultipliers == nil else { return realOutput(Int64(sum), channel) }
    return clamp(multipliers[channel].apply(sum) &+ outputOffset, to: range)
  }

  /// The stored output of a 64-bit sum.
  @inline(__always)
  func output(_ sum: Int64, _ channel: Int) -> Int32 {
    guard realMultipliers == nil else { return realOutput(sum, channel) }
    return clamp(multipliers[channel].apply(sum) &+ outputOffset, to: range)
  }

  private func realOutput(_ sum: Int64, _ channel: Int) -> Int32 {
    let scaled = (Double(sum) * (realMultipliers?[channel] ?? 0)).rounded(.toNearestOrAwayFromZero)
    let limited = scaled.isNaN ? 0 : min(max(scaled, -2_147_483_648), 2_147_483_647)
    return clamp(Int32(limited) &+ outputOffset, to: range)
  }
}

extension ConvolutionQuantization {
  /// - Throws: `unsupported` where a scale is missing, or there are neither one nor `channels` of the filter's.
  init(
    _ context: NodeContext, _ operands: ConvolutionOperands, channels: Int, product: Product,
    usesFilterZeroPoint: Bool, activation: FusedActivation
  ) throws(KernelError) {
    let output = try context.output()
    let inputScale = try context.quantization(of: context.input(operands.input), "input \(operands.input)")
    let filterScale = try context.quantization(of: context.input(operands.filter), "input \(operands.filter)")
    let outputScale = try context.quantization(of: output, "output")
    let scales = try Self.filterScales(context.input(operands.filter), operands.filter, channels: channels)
    let multipliers = scales.map { scale in
      switch product {
      case .exact, .real: Double(inputScale.scale) * Double(scale) / Double(outputScale.scale)
      case .legacy: Double(inputScale.scale * scale) / Double(outputScale.scale)
      }
    }
    self.multipliers = multipliers.map { QuantizedMultiplier($0) }
    realMultipliers = product == .real ? multipliers : nil
    inputOffset = 0 &- inputScale.zeroPoint
    filterOffset = usesFilterZeroPoint ? 0 &- filterScale.zeroPoint : 0
    outputOffset = outputScale.zeroPoint
    range = activation.quantizedRange(outputScale, type: try output.elementType.storedRange())
  }

  /// The filter's scale for each output channel.
  static func filterScales(
    _ filter: Value, _ position: Int, channels: Int
  ) throws(KernelError) -> [Float] {
    let scales = filter.quantization?.scales ?? []
    if scales.count == channels { return scales }
    guard scales.count == 1 else {
      throw .unsupported(
        "input \(position) (filter) has \(scales.count) scales for \(channels) output channels")
    }
    return [Float](repeating: scales[0], count: channels)
  }
}

extension ElementType {
  /// The numbers that an 8-bit or 16-bit integer type holds.
  func storedRange() throws(KernelError) -> ClosedRange<Int32> {
    switch self {
    case .int8: -128...127
    case .uint8: 0...255
    case .int16: -32768...32767
    default: throw .unsupportedType("output is \(self), not int8, uint8 or int16")
    }
  }
}
