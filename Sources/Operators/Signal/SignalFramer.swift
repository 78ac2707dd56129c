package import GraphIR
import Tensors

/// Frames of `frame_size` samples, each `frame_step` behind the one before, of a stream that comes in pieces, and
/// whether all were whole; equals TFLM's SignalFramer. A frame that is not whole, which TFLM leaves unset, is 0.
package enum SignalFramer: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "SignalFramer"

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1, outputs: 2)
    let input = try context.signalInput(0, .int16)
    let output = try context.signalOutput(0, .int16, rank: input.rank + 1)
    _ = try context.signalOutput(1, .bool, rank: 0)
    let options = try SignalOptions(context)
    let size = try options.integer("frame_size", in: 1...1 << 24)
    let step = try options.integer("frame_step", in: 1...1 << 24)
    let startsFull = try options.flag("prefill")
    let rows = try FrameRows(input, "input 0")
    guard rows.size % step == 0 else {
      throw .invalidShape("input 0 is \(input), whose rows are no whole number of steps of \(step)")
    }
    guard !startsFull || size >= step else {
      throw .unsupported("frame_size \(size) is less than frame_step \(step), and prefill is set")
    }
    let frames = rows.size / step
    guard output.elementCount == rows.count.saturatingMultiply(frames).saturatingMultiply(size) else {
      throw .invalidShape("output 0 is \(output), not \(rows.count)×\(frames)×\(size)")
    }
    return Framing(
      rows: rows.count, frames: frames, size: size, step: step, filled: startsFull ? size - step : 0)
  }
}

private struct Framing: Kernel {
  let rows: Int
  /// Frames of one run and row.
  let frames: Int
  let size: Int
  let step: Int
  /// Zeros in front of the first sample.
  let filled: Int

  /// Samples that a row may keep: the frame in whole steps.
  private var capacity: Int { (size + step - 1) / step * step }

  var stateByteCount: Int { rows.saturatingMultiply(4 + 2 * capacity) }

  func reset(_ state: TensorMemory) {
    state.elements(UInt8.self).fill(0)
    for row in 0..<rows { state.elements(Int32.self)[row] = Int32(filled) }
  }

  func run(_ arguments: KernelArguments) {
    let counts = arguments.state.elements(Int32.self)
    let kept = arguments.state.elements(Int16.self, from: 4 * rows)
    let (source, target) = (arguments.input(0, Int16.self), arguments.output(0, Int16.self))
    var isWhole = true
    for row in 0..<rows {
      let line = row * capacity
      for frame in row * frames..<(row + 1) * frames {
        let count = Int(counts[row])
        kept.copy(from: source, frame * step..<(frame + 1) * step, to: line + count)
        counts[row] = Int32(count + step)
        guard count + step >= size else {
          isWhole = false
          for index in frame * size..<(frame + 1) * size { target[index] = 0 }
          continue
        }
        target.copy(from: kept, line..<line + size, to: frame * size)
        kept.copy(from: kept, line + step..<line + count + step, to: line)
        counts[row] = Int32(count)
      }
    }
    arguments.output(1, UInt8.self)[0] = isWhole ? 1 : 0
  }
}
