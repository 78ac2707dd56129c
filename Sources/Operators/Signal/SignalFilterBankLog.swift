import Foundation
package import GraphIR
import Tensors

/// Natural logarithms of uint32 that are shifted left by `input_correction_bits`, times `output_scale`, as int16;
/// equals TFLM's SignalFilterBankLog. Those of 0 and 1 are 0.
package enum SignalFilterBankLog: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "SignalFilterBankLog"

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1)
    let input = try context.signalInput(0, .uint32, rank: 1)
    let output = try context.signalOutput(0, .int16, rank: 1)
    guard output.elementCount == input.elementCount else {
      throw .invalidShape("input 0 is \(input), but output 0 is \(output)")
    }
    let options = try SignalOptions(context)
    return ScaledLogarithms(
      count: input.elementCount, bits: UInt32(try options.integer("input_correction_bits", in: 0...31)),
      scale: try options.word("output_scale"))
  }
}

private struct ScaledLogarithms: Kernel {
  let count: Int
  let bits: UInt32
  let scale: UInt32

  func run(_ arguments: KernelArguments) {
    let source = arguments.input(0, UInt32.self)
    let target = arguments.output(0, Int16.self)
    for index in 0..<count {
      let number = source[index] << bits
      target[index] = number > 1 ? Int16(truncatingIfNeeded: min(logarithm(number), 0x7FFF)) : 0
    }
  }

  private func logarithm(_ number: UInt32) -> UInt32 {
    let exponent = UInt32(31 - number.leadingZeroBitCount)
    let binary = exponent << 16 &+ Self.fraction(number, exponent)
    let natural = UInt32(truncatingIfNeeded: (45426 &* UInt64(binary) &+ 0x8000) >> 16)
    return (scale &* natural &+ 0x8000) >> 16
  }

  /// The binary logarithm behind the point, in 16 bits: from a table of 128 segments, straight between them.
  private static func fraction(_ number: UInt32, _ exponent: UInt32) -> UInt32 {
    let above = number &- 1 << exponent
    let fraction = Int32(bitPattern: exponent < 16 ? above << (16 - exponent) : above >> (exponent - 16))
    let segment = Int(fraction >> 9)
    let (left, right) = (table[segment], table[segment + 1])
    let between = ((right - left) &* (fraction - Int32(segment) << 9)) >> 16
    return UInt32(bitPattern: fraction &+ left &+ between)
  }

  /// log₂(1 + x) − x at 128 places and 1, in units of 2⁻¹⁶.
  private static let table: [Int32] = (0...128).map { place in
    let x = Double(place) / 128
    return Int32(((log2(1 + x) - x) * 65536).rounded())
  }
}
