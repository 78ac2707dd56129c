package import GraphIR
import Tensors

/// Frames of int16 times a window (operand 1), shifted right by `shift` and clamped; equals TFLM's SignalWindow.
package enum SignalWindow: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "SignalWindow"

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    let input = try context.signalInput(0, .int16)
    let window = try context.signalInput(1, .int16, rank: 1)
    let output = try context.signalOutput(0, .int16)
    guard input.rank >= 1, output.rank == input.rank, output.elementCount == input.elementCount else {
      throw .invalidShape("input 0 is \(input), but output 0 is \(output)")
    }
    guard window.elementCount > 0, input.elementCount % window.elementCount == 0 else {
      throw .invalidShape("input 0 is \(input), no whole number of windows of \(window)")
    }
    return WindowedFrames(
      count: input.elementCount, size: window.elementCount,
      shift: Int32(try SignalOptions(context).integer("shift", in: 0...31)))
  }
}

private struct WindowedFrames: Kernel {
  let count: Int
  /// Elements of the window.
  let size: Int
  let shift: Int32

  func run(_ arguments: KernelArguments) {
    let source = arguments.input(0, Int16.self)
    let window = arguments.input(1, Int16.self)
    let target = arguments.output(0, Int16.self)
    for index in 0..<count {
      let product = Int32(source[index]) &* Int32(window[index % size])
      target[index] = Int16(clamping: product >> shift)
    }
  }
}
