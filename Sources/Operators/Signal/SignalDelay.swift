package import GraphIR
import Tensors

/// Frames of int16 as they were `delay_length` samples ago, zeros before; equals TFLM's SignalDelay.
package enum SignalDelay: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "SignalDelay"

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1)
    let input = try context.signalInput(0, .int16)
    let output = try context.signalOutput(0, .int16)
    guard output.elementCount == input.elementCount else {
      throw .invalidShape("input 0 is \(input), but output 0 is \(output)")
    }
    return DelayLines(
      rows: try FrameRows(input, "input 0"),
      delay: try SignalOptions(context).integer("delay_length", in: 0...1 << 24))
  }
}

private struct DelayLines: Kernel {
  let rows: FrameRows
  /// Samples that each row keeps.
  let delay: Int

  var stateByteCount: Int { rows.count.saturatingMultiply(2 * delay) }

  func run(_ arguments: KernelArguments) {
    let kept = arguments.state.elements(Int16.self)
    let (source, target) = (arguments.input(0, Int16.self), arguments.output(0, Int16.self))
    for row in 0..<rows.count {
      let (line, start) = (row * delay, row * rows.size)
      let samples = (0..<delay).map { kept[line + $0] } + (0..<rows.size).map { source[start + $0] }
      for index in 0..<rows.size { target[start + index] = samples[index] }
      for index in 0..<delay { kept[line + index] = samples[rows.size + index] }
    }
  }
}
