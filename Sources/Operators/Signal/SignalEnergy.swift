package import GraphIR
import Tensors

/// The squared magnitudes of complex int16 numbers, of those from `start_index` up to `end_index`; equals TFLM's
/// SignalEnergy. Other places of the result, which TFLM leaves unset, are 0.
package enum SignalEnergy: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "SignalEnergy"

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1)
    let input = try context.signalInput(0, .int16, rank: 1)
    let output = try context.signalOutput(0, .uint32, rank: 1)
    let options = try SignalOptions(context)
    let room = min(input.elementCount / 2, output.elementCount)
    let start = try options.integer("start_index", in: 0...Int(Int32.max))
    let end = try options.integer("end_index", in: 0...Int(Int32.max))
    guard start >= end || end <= room else {
      throw .invalidShape("end_index is \(end), but input 0 is \(input) and output 0 \(output)")
    }
    return SquaredMagnitudes(range: start..<max(start, end))
  }
}

private struct SquaredMagnitudes: Kernel {
  let range: Range<Int>

  func run(_ arguments: KernelArguments) {
    let source = arguments.input(0, Int16.self)
    let target = arguments.output(0, UInt32.self)
    target.fill(0)
    for index in range {
      let (real, imaginary) = (Int32(source[2 * index]), Int32(source[2 * index + 1]))
      target[index] = UInt32(bitPattern: real &* real &+ imaginary &* imaginary)
    }
  }
}
