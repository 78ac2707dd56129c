import Tensors

/// What REDUCE_MAX and REDUCE_MIN share: a comparison that keeps the first of equals, and skips a NaN.
enum Extremum {
  static func kernel(_ context: NodeContext, isMaximum: Bool) throws(KernelError) -> any Kernel {
    let type = try context.input(0).elementType
    if type == .int8 || type == .int16 || type == .uint8 { try requireSameQuantization(context) }
    switch type {
    case .float32:
      let greatest = Float.greatestFiniteMagnitude
      return try Extreme(isMaximum: isMaximum, initial: isMaximum ? -greatest : greatest).kernel(context)
    case .int8: return try kernel(context, isMaximum, Int8.self)
    case .uint8: return try kernel(context, isMaximum, UInt8.self)
    case .int16: return try kernel(context, isMaximum, Int16.self)
    case .int32: return try kernel(context, isMaximum, Int32.self)
    case .int64: return try kernel(context, isMaximum, Int64.self)
    default:
      throw .unsupportedType(
        "input 0 is \(type); the operator takes float32, int8, uint8, int16, int32, int64")
    }
  }

  private static func kernel<Element: KernelInteger>(
    _ context: NodeContext, _ isMaximum: Bool, _ type: Element.Type
  ) throws(KernelError) -> any Kernel {
    try Extreme(isMaximum: isMaximum, initial: isMaximum ? Element.min : Element.max).kernel(context)
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

private struct Extreme<Element: Comparable & BitwiseCopyable & Sendable>: ReductionFunction {
  let isMaximum: Bool
  /// The result where no element is better.
  let initial: Element

  func run(_ reduction: Reduction, _ arguments: KernelArguments) {
    let input = arguments.input(0, Element.self)
    let output = arguments.output(0, Element.self)
    if isMaximum {
      reduction.accumulate(input, into: output, initial: initial) { $1 > $0 ? $1 : $0 }
    } else {
      reduction.accumulate(input, into: output, initial: initial) { $1 < $0 ? $1 : $0 }
    }
  }
}
