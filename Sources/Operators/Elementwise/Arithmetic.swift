/// An arithmetic operation on numbers that are not quantized.
protocol ArithmeticOperation: Sendable {
  static func apply(_ a: Float, _ b: Float) -> Float
  /// The result modulo the type's range.
  static func apply<Element: FixedWidthInteger>(_ a: Element, _ b: Element) -> Element
}

/// An operation on floats, and the activation's clamp.
struct FloatArithmetic<Operation: ArithmeticOperation>: BinaryFunction {
  let range: ClosedRange<Float>

  @inline(__always)
  func callAsFunction(_ a: Float, _ b: Float) -> Float { clamp(Operation.apply(a, b), to: range) }
}

/// An operation on integers that are not quantized, and the activation's clamp.
struct IntegerArithmetic<
  Operation: ArithmeticOperation, Element: KernelInteger
>: BinaryFunction {
  let range: ClosedRange<Element>

  @inline(__always)
  func callAsFunction(_ a: Element, _ b: Element) -> Element {
    min(max(Operation.apply(a, b), range.lowerBound), range.upperBound)
  }
}
