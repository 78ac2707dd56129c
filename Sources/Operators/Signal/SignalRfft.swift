package import GraphIR
import Tensors

/// The Fourier transform of rows of real numbers, filled up with zeros to `fft_length`, as complex ones; equals TFLM's
/// SignalRfft of int16, int32 and float32.
package enum SignalRfft: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "SignalRfft"

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try SignalOptions(context).elementType {
    case .int16: return try kernel(context, .int16, Int16.self)
    case .int32: return try kernel(context, .int32, Int32.self)
    case .float32: return try kernel(context, .float32, Float.self)
    default: throw try context.fourierRefusal()
    }
  }

  private static func kernel<Number: FourierNumber>(
    _ context: NodeContext, _ type: ElementType, _ number: Number.Type
  ) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1)
    let input = try context.signalInput(0, type)
    let output = try context.signalOutput(0, type, rank: input.rank)
    let rows = try FrameRows(input, "input 0")
    let length = try context.fourierLength()
    guard rows.size <= length, output.dimensions.last == length + 2,
      output.elementCount == rows.count.saturatingMultiply(length + 2)
    else {
      throw .invalidShape("input 0 is \(input) and output 0 \(output), which do not fit fft_length \(length)")
    }
    return RowSpectra<Number>(
      rows: rows, transform: try RealFourierTransform(length: length, isInverse: false)
    ).specialized()
  }
}

private struct RowSpectra<Number: FourierNumber>: Kernel {
  let rows: FrameRows
  let transform: RealFourierTransform<Number>

  func run(_ arguments: KernelArguments) {
    let source = arguments.input(0, Number.self)
    let target = arguments.output(0, Number.self)
    for row in 0..<rows.count {
      var numbers = [Number](repeating: .zero, count: transform.length)
      for index in 0..<rows.size { numbers[index] = source[row * rows.size + index] }
      let start = row * transform.spectrumCount
      for (index, number) in transform.spectrum(of: numbers).enumerated() { target[start + index] = number }
    }
  }
}
