package import GraphIR
import Tensors

/// A frame of int16 with those around it: `stacker_left_context` before and `stacker_right_context` behind, each
/// `stacker_step` frames once, and whether it is; equals TFLM's SignalStacker. The first frame stands for those before
/// it. A stack that is not whole, which TFLM leaves unset, is 0.
package enum SignalStacker: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "SignalStacker"

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1, outputs: 2)
    let input = try context.signalInput(0, .int16, rank: 1)
    let output = try context.signalOutput(0, .int16, rank: 1)
    _ = try context.signalOutput(1, .bool, rank: 0)
    let options = try SignalOptions(context)
    let channels = try options.integer("num_channels", in: 1...1 << 24)
    let before = try options.integer("stacker_left_context", in: 0...1 << 16)
    let behind = try options.integer("stacker_right_context", in: 0...1 << 16)
    let frames = before + behind + 1
    let step = try options.integer("stacker_step", in: 1...frames)
    guard input.elementCount >= channels, output.elementCount == channels.saturatingMultiply(frames) else {
      throw .invalidShape(
        "input 0 is \(input) and output 0 \(output), not \(channels) and \(channels)×\(frames)")
    }
    return FrameStack(channels: channels, before: before, frames: frames, step: step)
  }
}

private struct FrameStack: Kernel {
  /// Elements of a frame.
  let channels: Int
  let before: Int
  /// Frames of a stack.
  let frames: Int
  /// Frames from one stack to the next.
  let step: Int

  /// How many frames there are, whether any came yet, and the frames.
  var stateByteCount: Int { 8 + 2 * channels * frames }

  func run(_ arguments: KernelArguments) {
    let counts = arguments.state.elements(Int32.self)
    let kept = arguments.state.elements(Int16.self, from: 8)
    let source = arguments.input(0, Int16.self)
    let copies = counts[1] == 0 ? before + 1 : 1
    var count = Int(counts[0])
    for _ in 0..<copies {
      kept.copy(from: source, 0..<channels, to: count * channels)
      count += 1
    }
    let isWhole = count >= frames
    if isWhole {
      arguments.output(0, Int16.self).copy(from: kept, 0..<frames * channels, to: 0)
      kept.copy(from: kept, step * channels..<count * channels, to: 0)
      count -= step
    } else {
      arguments.output(0, Int16.self).fill(0)
    }
    (counts[0], counts[1]) = (Int32(count), 1)
    arguments.output(1, UInt8.self)[0] = isWhole ? 1 : 0
  }
}
