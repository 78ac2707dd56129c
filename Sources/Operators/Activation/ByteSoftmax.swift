/// Softmax of a row of 8-bit numbers, by a table of the exponentials of all distances from the largest.
///
/// The output's scale is 2^−bits and its zero point the type's least number.
struct ByteSoftmax<
  Input: KernelInteger, Output: KernelInteger
>: RowFunction {
  /// e^(beta · scale · −distance) without integer bits; 0 where it leaves the fixed point's range.
  private let exponentials: ByteTable<Int32>
  /// The same with 12 integer bits, as they are summed.
  private let addends: ByteTable<Int32>

  init(_ context: NodeContext) throws(KernelError) {
    try context.requireOutput(
      scale: 1 / Float(1 << Output.bitWidth), zeroPoint: Output.range32.lowerBound)
    let exponential = try SoftmaxExponential(context, beta: Float(context.attributes.real("beta")))
    exponentials = ByteTable(UInt8.self) { exponential.evaluate(distance: Int32($0)) ?? 0 }
    addends = ByteTable(UInt8.self) { distance in
      FixedPoint.roundingDivideByPowerOfTwo(exponential.evaluate(distance: Int32(distance)) ?? 0, 12)
    }
  }

  @unsafe
  func apply(_ row: UnsafePointer<Input>, _ output: UnsafeMutablePointer<Output>, count: Int) {
    var maximum = Input.min
    for index in 0..<count { maximum = unsafe max(maximum, row[index]) }
    var sum: Int32 = 0
    for index in 0..<count { sum = unsafe sum &+ addends[maximum &- row[index]] }
    let (fraction, shift) = FixedPoint.reciprocal(sum, integerBits: 12)
    let exponent = min(shift + 31 - Int32(Output.bitWidth), 31)
    for index in 0..<count {
      let power = unsafe exponentials[maximum &- row[index]]
      let product = FixedPoint.saturatingRoundingDoublingHighMultiply(fraction, power)
      let quotient = FixedPoint.roundingDivideByPowerOfTwo(product, exponent)
      unsafe output[index] = Output(quotient &+ Output.range32.lowerBound, clampedTo: Output.range32)
    }
  }
}

/// The exponential of scaled distances of 8-bit numbers, as SOFTMAX and LOG_SOFTMAX compute it.
struct SoftmaxExponential: Sendable {
  /// Brings a distance to 5 integer bits.
  let scale: QuantizedMultiplier
  /// The least distance, a negative number, that fits.
  let minimum: Int32

  init(_ context: NodeContext, beta: Float) throws(KernelError) {
    let input = try context.quantization(ofInput: 0)
    let real = min(Double(beta) * Double(input.scale) * 0x1p26, Double(Int32.max))
    scale = QuantizedMultiplier(real)
    minimum = 0 &- FixedPoint.inputRadius(integerBits: 5, leftShift: scale.shift)
  }

  /// e to the power of minus a distance, without integer bits; nil where the power is too large.
  func evaluate(distance: Int32) -> Int32? {
    guard -distance >= minimum else { return nil }
    return FixedPoint.exponential(ofNegative: scale.apply(-distance), integerBits: 5)
  }
}
