/// An operator that takes one of two numbers, for tensors that broadcast; quantized ones as stored.
protocol ExtremeOperator: Operator {
  static func choose<Element: Comparable>(_ a: Element, _ b: Element) -> Element
}

extension ExtremeOperator {
  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 2) {
    case .float32: return try context.binaryKernel(Choice<Self, Float>())
    case .int8: return try context.binaryKernel(Choice<Self, Int8>())
    case .uint8: return try context.binaryKernel(Choice<Self, UInt8>())
    case .int16: return try context.binaryKernel(Choice<Self, Int16>())
    case .int32: return try context.binaryKernel(Choice<Self, Int32>())
    case .int64: return try context.binaryKernel(Choice<Self, Int64>())
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16, uint8, int32, int64")
    }
  }
}

private struct Choice<
  Chooser: ExtremeOperator, Element: Comparable & BitwiseCopyable & Sendable
>: BinaryFunction {
  @inline(__always)
  func callAsFunction(_ a: Element, _ b: Element) -> Element { Chooser.choose(a, b) }
}
