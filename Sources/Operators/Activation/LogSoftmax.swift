import Foundation
package import GraphIR

/// The logarithm of the softmax along the last axis; equals TFLM's LOG_SOFTMAX, and LiteRT's for uint8.
/// Quantized outputs have scale 1/16 and the type's largest number as zero point.
package enum LogSoftmax: Operator {
  package static let builtin = BuiltinOperator.logSoftmax

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let rows = try Rows(context)
    switch try context.sharedType(inputs: 1) {
    case .float32: return rows.kernel(FloatLogSoftmax())
    case .int8: return try rows.kernel(ByteLogSoftmax<Int8>(context))
    case .uint8: return try rows.kernel(ByteLogSoftmax<UInt8>(context))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, uint8")
    }
  }
}

private struct FloatLogSoftmax: RowFunction {
  @unsafe
  func apply(_ row: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, count: Int) {
    var maximum = -Float.greatestFiniteMagnitude
    for index in 0..<count {
      let x = unsafe row[index]
      maximum = maximum < x ? x : maximum
    }
    var sum: Float = 0
    for index in 0..<count { sum += unsafe expf(row[index] - maximum) }
    let logarithm = logf(sum)
    for index in 0..<count { unsafe output[index] = row[index] - maximum - logarithm }
  }
}

private struct ByteLogSoftmax<Element: KernelInteger>: RowFunction {
  private let exponential: SoftmaxExponential
  /// From fixed point with 5 integer bits back to distances.
  private let inverse: QuantizedMultiplier
  private let addends: ByteTable<Int32>

  init(_ context: NodeContext) throws(KernelError) {
    try context.requireOutput(scale: 1.0 / 16, zeroPoint: Int32(truncatingIfNeeded: Element.max))
    let exponential = try SoftmaxExponential(context, beta: 1)
    self.exponential = exponential
    inverse = QuantizedMultiplier(
      scalbn(1.0, Int(31 - exponential.scale.shift)) / Double(exponential.scale.multiplier))
    addends = ByteTable(UInt8.self) { distance in
      FixedPoint.roundingDivideByPowerOfTwo(exponential.evaluate(distance: Int32(distance)) ?? 0, 12)
    }
  }

  @unsafe
  func apply(_ row: UnsafePointer<Element>, _ output: UnsafeMutablePointer<Element>, count: Int) {
    var maximum = Element.min
    for index in 0..<count { maximum = unsafe max(maximum, row[index]) }
    var sum: Int32 = 0
    for index in 0..<count { sum = unsafe sum &+ addends[maximum &- row[index]] }
    let logarithm = FixedPoint.logarithm(ofAtLeastOne: sum)
    let minimum = max(exponential.minimum &- 1, inverse.apply(logarithm &+ .min))
    for index in 0..<count {
      let distance = unsafe Int32(truncatingIfNeeded: row[index]) &- Int32(truncatingIfNeeded: maximum)
      let difference = exponential.scale.apply(distance) &- logarithm
      let rounded = FixedPoint.roundingDivideByPowerOfTwo(difference, 31 - 5 - 4)
      let stored = Element(rounded &+ Element.range32.upperBound, clampedTo: Element.range32)
      unsafe output[index] = distance > minimum ? stored : Element.min
    }
  }
}
