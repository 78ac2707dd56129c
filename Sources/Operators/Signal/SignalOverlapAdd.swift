package import GraphIR
import Tensors

/// Frames that overlap, added up to a stream that moves on by `frame_step` samples a frame; equals TFLM's
/// SignalOverlapAdd of int16, whose sums are clamped, and of float32.
package enum SignalOverlapAdd: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "SignalOverlapAdd"

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try SignalOptions(context).elementType {
    case .int16: return try kernel(context, .int16, ClampedAddition())
    case .float32: return try kernel(context, .float32, FloatAddition())
    case let type:
      throw .unsupportedType("its options name \(type.map { "\($0)" } ?? "no type"), not int16 or float32")
    }
  }

  private static func kernel<Addition: SampleAddition>(
    _ context: NodeContext, _ type: ElementType, _ addition: Addition
  ) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1)
    let input = try context.signalInput(0, type)
    let output = try context.signalOutput(0, type, rank: input.rank - 1)
    guard input.rank >= 2 else { throw .invalidShape("input 0 is \(input), expected frames of samples") }
    let rows = try FrameRows(input, "input 0")
    let frames = input[input.rank - 2]
    let step = try SignalOptions(context).integer("frame_step", in: 1...max(1, rows.size))
    guard output.elementCount == rows.count.saturatingMultiply(step) else {
      throw .invalidShape("output 0 is \(output), not \(rows.count / frames)×\(frames)·\(step)")
    }
    return OverlapSum(
      addition: addition, streams: rows.count / frames, frames: frames, size: rows.size, step: step
    ).specialized()
  }
}

private struct OverlapSum<Addition: SampleAddition>: Kernel {
  let addition: Addition
  let streams: Int
  /// Frames of one run and stream.
  let frames: Int
  let size: Int
  let step: Int

  var stateByteCount: Int {
    streams.saturatingMultiply(size).saturatingMultiply(MemoryLayout<Addition.Sample>.size)
  }

  func run(_ arguments: KernelArguments) {
    let sums = arguments.state.elements(Addition.Sample.self)
    let source = arguments.input(0, Addition.Sample.self)
    let target = arguments.output(0, Addition.Sample.self)
    for frame in 0..<streams * frames {
      let start = frame / frames * size
      for index in 0..<size {
        sums[start + index] = addition.add(source[frame * size + index], sums[start + index])
      }
      target.copy(from: sums, start..<start + step, to: frame * step)
      sums.copy(from: sums, start + step..<start + size, to: start)
      for index in size - step..<size { sums[start + index] = addition.zero }
    }
  }
}

private protocol SampleAddition: Sendable {
  associatedtype Sample: BitwiseCopyable, Sendable

  var zero: Sample { get }

  func add(_ left: Sample, _ right: Sample) -> Sample
}

private struct ClampedAddition: SampleAddition {
  var zero: Int16 { 0 }

  @inline(__always)
  func add(_ left: Int16, _ right: Int16) -> Int16 { Int16(clamping: Int32(left) + Int32(right)) }
}

private struct FloatAddition: SampleAddition {
  var zero: Float { 0 }

  @inline(__always)
  func add(_ left: Float, _ right: Float) -> Float { left + right }
}
