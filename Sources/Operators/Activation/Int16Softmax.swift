import Foundation

/// Softmax of a row of 16-bit numbers: tables of e^x and of 1 / (1 + x), with interpolation.
struct Int16Softmax: RowFunction {
  private let scale: QuantizedMultiplier
  private let exponentials: Int16Table
  private let reciprocals: Int16Table

  init(_ context: NodeContext) throws(KernelError) {
    let input = try context.quantization(ofInput: 0)
    try context.requireSymmetric(inputs: 1)
    try context.requireOutput(scale: 1.0 / 32768, zeroPoint: 0)
    let beta = Float(context.attributes.real("beta"))
    scale = QuantizedMultiplier(Double(input.scale) * Double(beta) / (10.0 / 65535))
    let fraction = ScaleAndZeroPoint(scale: 2.0 / 65535, zeroPoint: 0)
    exponentials = Int16Table(
      input: ScaleAndZeroPoint(scale: 10.0 / 65535, zeroPoint: 32767), output: fraction
    ) { exp($0) }
    reciprocals = Int16Table(
      input: ScaleAndZeroPoint(scale: 1.0 / 65535, zeroPoint: -32768), output: fraction
    ) { 1 / (1 + $0) }
  }

  @unsafe
  func apply(_ row: UnsafePointer<Int16>, _ output: UnsafeMutablePointer<Int16>, count: Int) {
    var maximum = Int16.min
    for index in 0..<count { maximum = unsafe max(maximum, row[index]) }
    var sum: Int32 = 0
    for index in 0..<count {
      let distance = unsafe scale.apply(Int32(row[index]) - Int32(maximum))
      let power = exponentials[Int16(clamping: distance &+ 32767)]
      unsafe output[index] = power
      sum = sum &+ Int32(power)
    }
    let zeros = Int32(sum.leadingZeroBitCount)
    let shifted = ((Int64(sum) << Int64(zeros - 1)) &+ (1 << 13)) >> 14
    let reciprocal = Int32(reciprocals[Int16(clamping: shifted - 98304)])
    let rightShift = max(31 - zeros, 1)
    for index in 0..<count {
      let product = unsafe Int32(output[index]) &* reciprocal
      let quotient = (product &+ (1 &<< (rightShift - 1))) &>> rightShift
      unsafe output[index] = Int16(quotient, clampedTo: 0...32767)
    }
  }
}
