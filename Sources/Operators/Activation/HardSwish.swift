package import GraphIR

/// x · clamp(x + 3, 0...6) / 6 for every element; equals TFLM's HARD_SWISH, and LiteRT's for uint8.
package enum HardSwish: Operator {
  package static let builtin = BuiltinOperator.hardSwish

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 1) {
    case .float32: return try context.unaryKernel(FloatHardSwish())
    case .int8: return try context.integerKernel(QuantizedHardSwish<Int8>(context))
    case .uint8: return try context.integerKernel(QuantizedHardSwish<UInt8>(context))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, uint8")
    }
  }
}

private struct FloatHardSwish: UnaryFunction {
  @inline(__always)
  func callAsFunction(_ x: Float) -> Float { x * clamp(x + 3, to: 0...6) / 6 }
}

/// The product of x in the output's scale and of clamp(x + 3, 0...6) / 6 as a 16-bit fraction.
///
/// LiteRT, which takes uint8, computes the scales in single precision.
private struct QuantizedHardSwish<Element: KernelInteger>: UnaryFunction {
  private let inputZeroPoint: Int32
  private let outputZeroPoint: Int32
  private let output: QuantizedMultiplier
  private let relu: QuantizedMultiplier

  init(_ context: NodeContext) throws(KernelError) {
    let input = try context.quantization(ofInput: 0)
    let result = try context.quantizationOfOutput()
    let fineScale = input.scale / 128
    inputZeroPoint = input.zeroPoint
    outputZeroPoint = result.zeroPoint
    func ratio(_ a: Float, _ b: Float) -> QuantizedMultiplier {
      QuantizedMultiplier(Element.isSigned ? Double(a) / Double(b) : Double(a / b))
    }
    output = ratio(fineScale, result.scale)
    relu = ratio(fineScale, 3.0 / 32768)
    guard output.shift <= 0 else {
      throw .unsupported("the output's scale \(result.scale) is too small for an input of \(input.scale)")
    }
  }

  func callAsFunction(_ x: Element) -> Element {
    let fine = Int16(truncatingIfNeeded: (Int32(truncatingIfNeeded: x) &- inputZeroPoint) &* 128)
    let scaled = FixedPoint.saturatingRoundingDoublingHighMultiply(fine, output.multiplier16)
    var fraction = fine
    if relu.shift > 0 { fraction = saturatingShiftLeft(fraction, relu.shift - 1) }
    fraction = FixedPoint.saturatingRoundingDoublingHighMultiply(fraction, relu.multiplier16)
    if relu.shift > 0 { fraction = saturatingShiftLeft(fraction, 1) }
    if relu.shift < 0 { fraction = roundingDivide(fraction, -relu.shift) }
    fraction = Int16(truncatingIfNeeded: (Int32(fraction) + 32768) >> 1)
    let isSaturated = scaled == .min && fraction == .min
    let product: Int16 =
      isSaturated ? .max : Int16(truncatingIfNeeded: Int32(scaled) * Int32(fraction) / 32768)
    return Element(clamping: Int32(roundingDivide(product, -output.shift)) &+ outputZeroPoint)
  }

  private func saturatingShiftLeft(_ x: Int16, _ amount: Int32) -> Int16 {
    Int16(clamping: Int64(x) << Int64(min(amount, 32)))
  }

  private func roundingDivide(_ x: Int16, _ exponent: Int32) -> Int16 {
    Int16(truncatingIfNeeded: FixedPoint.roundingDivideByPowerOfTwo(Int32(x), exponent))
  }
}

extension QuantizedMultiplier {
  /// The fraction rounded to 15 bits (`DownScaleInt32ToInt16Multiplier`).
  fileprivate var multiplier16: Int16 {
    multiplier >= .max - (1 << 15) ? .max : Int16(truncatingIfNeeded: (multiplier + (1 << 15)) >> 16)
  }
}
