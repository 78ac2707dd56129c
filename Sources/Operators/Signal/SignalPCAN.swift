package import GraphIR
import Tensors

/// Channels divided by a power of their noise (operand 1), which is looked up in operand 2, and compressed; equals
/// TFLM's SignalPCAN.
package enum SignalPCAN: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "SignalPCAN"

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 3...3)
    let input = try context.signalInput(0, .uint32, rank: 1)
    let noise = try context.signalInput(1, .uint32, rank: 1)
    let gains = try context.signalInput(2, .int16, rank: 1)
    let output = try context.signalOutput(0, .uint32, rank: 1)
    guard output.elementCount == input.elementCount, noise.elementCount >= input.elementCount else {
      throw .invalidShape("input 0 is \(input), input 1 \(noise) and output 0 \(output)")
    }
    guard gains.elementCount >= NoiseGain.tableCount else {
      throw .invalidShape("input 2 is \(gains), a table of gains has \(NoiseGain.tableCount) numbers")
    }
    let shift = try SignalOptions(context).integer("snr_shift", in: 0...63)
    return NoiseGain(count: input.elementCount, shift: UInt64(shift))
  }
}

private struct NoiseGain: Kernel {
  let count: Int
  let shift: UInt64

  /// Three numbers, and three coefficients for every further number of bits, four places apart.
  static let tableCount = 125

  func run(_ arguments: KernelArguments) {
    let (source, noise) = (arguments.input(0, UInt32.self), arguments.input(1, UInt32.self))
    let gains = arguments.input(2, Int16.self)
    let target = arguments.output(0, UInt32.self)
    for index in 0..<count {
      let gain = UInt64(UInt32(truncatingIfNeeded: Self.gain(noise[index], gains)))
      target[index] = Self.shrunk(UInt32(truncatingIfNeeded: (UInt64(source[index]) &* gain) >> shift))
    }
  }

  /// A quadratic polynomial in the ten bits behind the highest one.
  private static func gain(_ noise: UInt32, _ table: TensorBuffer<Int16>) -> Int16 {
    guard noise > 2 else { return table[Int(noise)] }
    let bits = 32 - noise.leadingZeroBitCount
    let start = 4 * bits - 6
    let fraction = Int32((bits < 11 ? noise << UInt32(11 - bits) : noise >> UInt32(bits - 11)) & 0x3FF)
    var sum = (Int32(table[start + 2]) &* fraction) >> 5
    sum = (sum &+ Int32(table[start + 1]) << 5) &* fraction
    return Int16(truncatingIfNeeded: (sum &+ 1 << 14) >> 15 &+ Int32(table[start]))
  }

  /// x²/4 below 2 and x − 1 from there on, of 12 bits behind the point, with 6.
  private static func shrunk(_ x: UInt32) -> UInt32 { x < 2 << 12 ? (x &* x) >> 20 : (x >> 6) &- 1 << 6 }
}
