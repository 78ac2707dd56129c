package import GraphIR
import Tensors

/// Moves a frame of int8 into the end of a variable of frames, and ends the run in all but each `cycles_max`-th
/// invocation; equals TFLM's CIRCULAR_BUFFER.
///
/// Options without `cycles_max` mean 1 for results of 5, 13 or 25 frames and else 2. For 2×96 elements TFLM counts how
/// often the operator was prepared before, in all models; nnopt refuses that.
package enum CircularBuffer: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "CIRCULAR_BUFFER"

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1)
    let input = try context.signalInput(0, .int8, rank: 4)
    let output = try context.signalOutput(0, .int8, rank: 4)
    guard input[0] == 1, output[0] == 1, input[1] == 1, input[2] == output[2], input[3] == output[3],
      output.elementCount > 0
    else {
      throw .invalidShape("input 0 is \(input) and output 0 \(output), expected 1×1×M×N and 1×K×M×N")
    }
    guard try context.output().isVariable else {
      throw .unsupported("output 0 is no variable; TFLM would keep its frames only by chance")
    }
    return FrameQueue(
      frames: output[1], frameSize: input.elementCount, period: Int32(try period(context, output)))
  }

  /// In which invocation from the last one on the run goes on.
  private static func period(_ context: NodeContext, _ output: Shape) throws(KernelError) -> Int {
    let bytes = context.node.customOptions?.bytes ?? []
    let known = bytes.isEmpty ? 0 : try FlexBufferMap(bytes).integer("cycles_max")
    guard known <= 0 else { return min(known, Int(Int32.max)) }
    if [5, 13, 25].contains(output[1]) { return 1 }
    guard output[2] != 2 || output[3] != 96 else {
      throw .unsupported("cycles_max is \(known), and TFLM's guess depends on what was prepared before")
    }
    return 2
  }
}

private struct FrameQueue: Kernel {
  let frames: Int
  /// Bytes of a frame.
  let frameSize: Int
  let period: Int32

  /// How many invocations are left, and whether the last one ends the run.
  var stateByteCount: Int { 8 }

  func reset(_ state: TensorMemory) {
    state.elements(Int32.self)[0] = period
    state.elements(Int32.self)[1] = 0
  }

  func run(_ arguments: KernelArguments) {
    let source = arguments.input(0, Int8.self)
    let target = arguments.output(0, Int8.self)
    target.copy(from: target, frameSize..<frames * frameSize, to: 0)
    target.copy(from: source, 0..<frameSize, to: (frames - 1) * frameSize)
    let counts = arguments.state.elements(Int32.self)
    counts[0] -= 1
    counts[1] = counts[0] == 0 ? 0 : 1
    if counts[0] == 0 { counts[0] = period }
  }

  func endsRun(_ state: TensorMemory) -> Bool { state.elements(Int32.self)[1] != 0 }
}
