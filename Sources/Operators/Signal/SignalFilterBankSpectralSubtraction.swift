package import GraphIR
import Tensors

/// What is left of each channel without its noise, and the noise, which is estimated from run to run; equals TFLM's
/// SignalFilterBankSpectralSubtraction.
package enum SignalFilterBankSpectralSubtraction: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "SignalFilterBankSpectralSubtraction"

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1, outputs: 2)
    let options = try SignalOptions(context)
    let channels = try options.integer("num_channels", in: 0...Int(Int32.max))
    let input = try context.signalInput(0, .uint32, rank: 1)
    for shape in [input, try context.signalOutput(0, .uint32, rank: 1)] {
      guard shape.elementCount >= channels else {
        throw .invalidShape("num_channels is \(channels), but an operand is \(shape)")
      }
    }
    let noise = try context.signalOutput(1, .uint32, rank: 1)
    guard noise.elementCount <= channels else {
      throw .invalidShape("num_channels is \(channels), but output 1 is \(noise)")
    }
    return NoiseSubtraction(
      channels: channels, noiseCount: noise.elementCount,
      even: .init(share: try options.word("smoothing"), rest: try options.word("one_minus_smoothing")),
      odd: .init(
        share: try options.word("alternate_smoothing"),
        rest: try options.word("alternate_one_minus_smoothing")),
      remaining: try options.word("min_signal_remaining"),
      extraBits: UInt32(try options.integer("smoothing_bits", in: 0...31)),
      bits: UInt64(try options.integer("spectral_subtraction_bits", in: 0...63)),
      clamps: try options.flag("clamping"))
  }
}

private struct NoiseSubtraction: Kernel {
  /// How much of a new number, and of the old estimate, a new estimate is made of.
  struct Smoothing: Sendable {
    let share: UInt32
    let rest: UInt32
  }

  let channels: Int
  /// Elements of the second result.
  let noiseCount: Int
  /// For channels of even number.
  let even: Smoothing
  let odd: Smoothing
  /// The least share of the signal that stays.
  let remaining: UInt32
  let extraBits: UInt32
  let bits: UInt64
  /// Whether the estimate is not left above the signal.
  let clamps: Bool

  var stateByteCount: Int { channels.saturatingMultiply(4) }

  func run(_ arguments: KernelArguments) {
    let (source, target) = (arguments.input(0, UInt32.self), arguments.output(0, UInt32.self))
    let noise = arguments.state.elements(UInt32.self)
    for channel in 0..<channels {
      let smoothing = channel % 2 == 0 ? even : odd
      let signal = source[channel] << extraBits
      let sum =
        UInt64(signal) &* UInt64(smoothing.share) &+ UInt64(noise[channel]) &* UInt64(smoothing.rest)
      var estimate = UInt32(truncatingIfNeeded: sum >> bits)
      noise[channel] = estimate
      if estimate > signal {
        estimate = signal
        if clamps { noise[channel] = estimate }
      }
      let floor = UInt32(truncatingIfNeeded: (UInt64(source[channel]) &* UInt64(remaining)) >> bits)
      target[channel] = max((signal &- estimate) >> extraBits, floor)
    }
    arguments.output(1, UInt32.self).copy(from: noise, 0..<noiseCount, to: 0)
  }
}
