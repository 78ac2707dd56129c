import Tensors

/// A copy of operand 0 to result 0, whose shapes differ and whose elements are the same; nothing where both
/// have the same memory.
struct WholeCopy: Kernel {
  /// - Throws: `unsupportedType` where the element types differ, `invalidShape` where the sizes do.
  init(_ context: NodeContext) throws(KernelError) {
    self = try .ofKnownSize(context)
    if let difference = try Self.sizeDifference(context) { throw .invalidShape(difference) }
  }

  private init() {}

  /// A copy whose result has as many elements as its operand, as the caller makes sure.
  ///
  /// - Throws: `unsupportedType` where the element types differ.
  static func ofKnownSize(_ context: NodeContext) throws(KernelError) -> WholeCopy {
    try context.requireSameType()
    try context.requireDense(input: 0)
    guard try context.input(0).elementType != .string else {
      throw .unsupportedType("input 0 is string, whose size only the data tells")
    }
    return WholeCopy()
  }

  /// How the declared sizes differ, in words; nil where they do not.
  static func sizeDifference(_ context: NodeContext) throws(KernelError) -> String? {
    let source = try context.inputShape(0)
    let target = try context.outputShape(0)
    guard source.elementCount != target.elementCount else { return nil }
    return
      "input 0 is \(source), output 0 \(target): \(source.elementCount) and \(target.elementCount) elements"
  }

  func run(_ arguments: KernelArguments) {
    let target = arguments.output(0, UInt8.self)
    target.copy(from: arguments.input(0, UInt8.self), 0..<target.count, to: 0)
  }
}
