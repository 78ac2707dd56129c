import Tensors

/// What REDUCE_MAX and REDUCE_MIN share: a comparison that keeps the first of equals, and skips a NaN.
enum Extremum {
  static func kernel(_ context: NodeContext, isMaximum: Bool) throws(KernelError) -> any Kernel {
    let type = try context.input(0).elementType
    if type == .int8 || type == .int16 || type == .uint8 { try requireSameQuantization(context) }
    switch type {
    case .float32:
      return try kernel(
        context, isMaximum, from: -.greatestFiniteMagnitude, to: Float.greatestFiniteMagnitude)
    case .int8: return try kernel(context, isMaximum, from: Int8.min, to: Int8.max)
    case .uint8: return try kernel(context, isMaximum, from: UInt8.min, to: UInt8.max)
    case .int16: return try kernel(context, isMaximum, from: Int16.min, to: Int16.max)
    case .int32: return try kernel(context, isMaximum, from: Int32.min, to: Int32.max)
    case .int64: return try kernel(context, isMaximum, from: Int64.min, to: Int64.max)
    default:
      throw .unsupportedType(
        "input 0 is \(type); the operator takes float32, int8, uint8, int16, int32, int64")
    }
  }

  private static func kernel<Element: Comparable & BitwiseCopyable & Sendable>(
    _ context: NodeContext, _ isMaximum: Bool, from lowest: Element, to highest: Element
  ) throws(KernelError) -> any Kernel {
    try Reduction.kernel(context) { reduction, arguments in
      let input = arguments.input(0, Element.self)
      let output = arguments.output(0, Element.self)
      if isMaximum {
        reduction.accumulate(input, into: output, initial: lowest) { $1 > $0 ? $1 : $0 }
      } else {
        reduction.accumulate(input, into: output, initial: highest) { $1 < $0 ? $1 : $0 }
      }
    }
  }

  private static func requireSameQuantization(_ context: NodeContext) throws(KernelError) {
    let input = try context.input(0).quantization
    let output = try context.output().quantization
    let isSame =
      (input?.scales ?? []) == (output?.scales ?? [])
      && (input?.zeroPoints ?? []) == (output?.zeroPoints ?? [])
    guard isSame else {
      throw .unsupported("input 0 and output 0 have different quantization; the kernels do not rescale")
    }
  }
}
