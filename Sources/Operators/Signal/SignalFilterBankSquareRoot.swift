package import GraphIR
import Tensors

/// Square roots of uint64, shifted right by operand 1; equals TFLM's SignalFilterBankSquareRoot, whose roots are
/// rounded, and of numbers below 2³² at most 65,535.
package enum SignalFilterBankSquareRoot: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "SignalFilterBankSquareRoot"

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    let input = try context.signalInput(0, .uint64, rank: 1)
    _ = try context.signalInput(1, .int32, rank: 0)
    let output = try context.signalOutput(0, .uint32, rank: 1)
    guard output.elementCount == input.elementCount else {
      throw .invalidShape("input 0 is \(input), but output 0 is \(output)")
    }
    return SquareRoots(count: input.elementCount)
  }
}

private struct SquareRoots: Kernel {
  let count: Int

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let source = arguments.input(0, UInt64.self)
    let target = arguments.output(0, UInt32.self)
    let shift = arguments.input(1, Int32.self)[0]
    guard (0...31).contains(shift) else { throw .invalidData("a shift by \(shift) bits is not possible") }
    for index in 0..<count { target[index] = Self.root(source[index]) >> UInt32(shift) }
  }

  /// The rounded square root, by digits.
  private static func root(_ number: UInt64) -> UInt32 {
    guard number > 0 else { return 0 }
    var (rest, root): (UInt64, UInt64) = (number, 0)
    var bit: UInt64 = 1 << UInt64((63 - number.leadingZeroBitCount) & ~1)
    while bit > 0 {
      if rest >= root &+ bit {
        rest &-= root &+ bit
        root = (root >> 1) &+ bit
      } else {
        root >>= 1
      }
      bit >>= 2
    }
    let largest: UInt64 = number >> 32 == 0 ? 0xFFFF : 0xFFFF_FFFF
    if rest > root, root != largest { root &+= 1 }
    return UInt32(truncatingIfNeeded: root)
  }
}
