package import GraphIR

/// Every element over the Euclidean norm of its row along the last axis; equals TFLM's L2_NORMALIZATION,
/// and LiteRT's for uint8. Quantized outputs have scale 1/128 and zero point 0, or 128 for uint8.
package enum L2Normalization: Operator {
  package static let builtin = BuiltinOperator.l2Normalization

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let rows = try Rows(context)
    let activation = FusedActivation(context.attributes)
    guard activation == .none else {
      throw .unsupported("L2_NORMALIZATION has the activation \(activation); it takes none")
    }
    switch try context.sharedType(inputs: 1) {
    case .float32: return rows.kernel(FloatNormalization())
    case .int8: return try rows.kernel(QuantizedNormalization<Int8>(context))
    case .uint8: return try rows.kernel(QuantizedNormalization<UInt8>(context))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, uint8")
    }
  }
}

private struct FloatNormalization: RowFunction {
  @unsafe
  func apply(_ row: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, count: Int) {
    var sum: Float = 0
    for index in 0..<count { sum += unsafe row[index] * row[index] }
    let norm = max(sum.squareRoot(), 1e-6)
    for index in 0..<count { unsafe output[index] = row[index] / norm }
  }
}

private struct QuantizedNormalization<Element: KernelInteger>: RowFunction {
  private let zeroPoint: Int32

  init(_ context: NodeContext) throws(KernelError) {
    zeroPoint = try context.quantization(ofInput: 0).zeroPoint
    try context.requireOutput(scale: 1.0 / 128, zeroPoint: Element.isSigned ? 0 : 128)
  }

  @unsafe
  func apply(_ row: UnsafePointer<Element>, _ output: UnsafeMutablePointer<Element>, count: Int) {
    var sum: Int32 = 0
    for index in 0..<count {
      let value = unsafe Int32(truncatingIfNeeded: row[index]) &- zeroPoint
      sum = sum &+ value &* value
    }
    let root = FixedPoint.inverseSquareRoot(sum)
    let signed = QuantizedMultiplier(multiplier: root.multiplier, shift: root.shift + 7)
    for index in 0..<count {
      let value = unsafe Int32(truncatingIfNeeded: row[index]) &- zeroPoint
      let scaled = Element.isSigned ? signed.apply(value) : root.apply(128 &* value) &+ 128
      unsafe output[index] = Element(scaled, clampedTo: Element.range32)
    }
  }
}
