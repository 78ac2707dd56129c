package import GraphIR
import Tensors

/// The quotient of two tensors that broadcast, and an activation; equals TFLM's DIV, and LiteRT's for uint8.
///
/// Integer division truncates; quantized and integer divisors that are zero are refused.
package enum Div: Operator {
  package static let builtin = BuiltinOperator.div

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    let activation = FusedActivation(context.attributes)
    switch try context.sharedType(inputs: 2) {
    case .float32: return try context.binaryKernel(FloatQuotient(range: activation.floatRange))
    case .int32: return try context.binaryKernel(IntegerQuotient(range: activation.integerRange(Int32.self)))
    case .int8: return try context.binaryKernel(QuantizedQuotient<Int8>(context, activation))
    case .uint8: return try context.binaryKernel(QuantizedQuotient<UInt8>(context, activation))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, uint8, int32")
    }
  }
}

private struct FloatQuotient: BinaryFunction {
  let range: ClosedRange<Float>

  @inline(__always)
  func callAsFunction(_ a: Float, _ b: Float) -> Float { clamp(a / b, to: range) }
}

private struct IntegerQuotient: BinaryFunction {
  let range: ClosedRange<Int32>

  func callAsFunction(_ a: Int32, _ b: Int32) -> Int32 {
    clamp(a.dividedReportingOverflow(by: b).partialValue, to: range)
  }

  func check(_ right: TensorBuffer<Int32>) throws(KernelError) { try right.refuse(0) }
}

private struct QuantizedQuotient<Element: KernelInteger>: BinaryFunction {
  private let operands: QuantizedOperands
  private let scale: QuantizedMultiplier
  private let range: ClosedRange<Int32>

  init(_ context: NodeContext, _ activation: FusedActivation) throws(KernelError) {
    operands = try QuantizedOperands(context, activation: activation)
    let (left, right, output) = (operands.left.scale, operands.right.scale, operands.output.scale)
    scale = QuantizedMultiplier(
      Element.isSigned ? Double(left) / (Double(right) * Double(output)) : Double(left / (right * output)))
    range = operands.range(Element.self)
  }

  func callAsFunction(_ left: Element, _ right: Element) -> Element {
    var a = Int32(truncatingIfNeeded: left) &- operands.left.zeroPoint
    var b = Int32(truncatingIfNeeded: right) &- operands.right.zeroPoint
    if b < 0 { (a, b) = (0 &- a, 0 &- b) }
    let inverse = FixedPoint.reciprocal(b, integerBits: 31)
    let headroom = Int32((a < 0 ? ~a : a).leadingZeroBitCount) - 1
    let quotient = FixedPoint.saturatingRoundingDoublingHighMultiply(a &<< headroom, inverse.fraction)
    let shift = scale.shift &- inverse.shift &- headroom
    let scaled = FixedPoint.roundingDivideByPowerOfTwo(
      FixedPoint.saturatingRoundingDoublingHighMultiply(quotient, scale.multiplier),
      min(max(0 &- shift, 0), 31))
    return Element(scaled &+ operands.output.zeroPoint, clampedTo: range)
  }

  func check(_ right: TensorBuffer<Element>) throws(KernelError) {
    guard let zero = Element(exactly: operands.right.zeroPoint) else { return }
    try right.refuse(zero)
  }
}

extension TensorBuffer where Element: FixedWidthInteger {
  /// - Throws: `invalidData` where a divisor is zero.
  func refuse(_ zero: Element) throws(KernelError) {
    for index in indices where self[index] == zero {
      throw .invalidData("element \(index) of input 1 is zero; it cannot divide")
    }
  }
}
