package import GraphIR
import Tensors

/// Rows of real numbers from the halves of their spectra; equals TFLM's SignalIrfft of int16, int32 and float32.
package enum SignalIrfft: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "SignalIrfft"

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
    let rows = try FrameRows(output, "output 0")
    let length = try context.fourierLength()
    guard rows.size == length, input.dimensions.last == length + 2,
      input.elementCount == rows.count.saturatingMultiply(length + 2)
    else {
      throw .invalidShape("input 0 is \(input) and output 0 \(output), which do not fit fft_length \(length)")
    }
    return SpectrumRows<Number>(
      rows: rows.count, transform: try RealFourierTransform(length: length, isInverse: true)
    ).specialized()
  }
}

private struct SpectrumRows<Number: FourierNumber>: Kernel {
  let rows: Int
  let transform: RealFourierTransform<Number>

  func run(_ arguments: KernelArguments) {
    let source = arguments.input(0, Number.self)
    let target = arguments.output(0, Number.self)
    for row in 0..<rows {
      let start = row * transform.spectrumCount
      let numbers = transform.numbers(of: (0..<transform.spectrumCount).map { source[start + $0] })
      for (index, number) in numbers.enumerated() {
        target[row * transform.length + index] = number.unscaled(by: transform.length)
      }
    }
  }
}
