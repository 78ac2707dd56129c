package import GraphIR
import Tensors

/// int16 shifted left until the largest magnitude takes 15 bits, and by how many bits; equals TFLM's
/// SignalFftAutoScale, whose largest magnitude wraps around at 2¹⁵.
package enum SignalFftAutoScale: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "SignalFftAutoScale"

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1, outputs: 2)
    let input = try context.signalInput(0, .int16, rank: 1)
    let output = try context.signalOutput(0, .int16, rank: 1)
    _ = try context.signalOutput(1, .int32, rank: 0)
    guard output.elementCount <= input.elementCount else {
      throw .invalidShape("input 0 is \(input), but output 0 is \(output)")
    }
    return AutoScaling(count: output.elementCount)
  }
}

private struct AutoScaling: Kernel {
  let count: Int

  func run(_ arguments: KernelArguments) {
    let source = arguments.input(0, Int16.self)
    let target = arguments.output(0, Int16.self)
    var largest: Int16 = 0
    for index in 0..<count {
      let value = source[index]
      if value > largest {
        largest = value
      } else if -Int32(value) > Int32(largest) {
        largest = 0 &- value
      }
    }
    // Of 0, the number of bits is taken for 32.
    let shift = largest <= 0 ? 0 : Int32(largest.leadingZeroBitCount) - 1
    for index in 0..<count { target[index] = Int16(truncatingIfNeeded: Int32(source[index]) << shift) }
    arguments.output(1, Int32.self)[0] = shift
  }
}
