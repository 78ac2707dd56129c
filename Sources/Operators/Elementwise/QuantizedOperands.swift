/// Quantization of two inputs and an output, and the output's activation.
struct QuantizedOperands: Sendable {
  let left: ScaleAndZeroPoint
  let right: ScaleAndZeroPoint
  let output: ScaleAndZeroPoint
  let activation: FusedActivation

  init(_ context: NodeContext, activation: FusedActivation = .none) throws(KernelError) {
    left = try context.quantization(ofInput: 0)
    right = try context.quantization(ofInput: 1)
    output = try context.quantizationOfOutput()
    self.activation = activation
  }

  /// The stored numbers that the activation lets through.
  func range<Element: FixedWidthInteger>(_ type: Element.Type) -> ClosedRange<Int32> {
    activation.quantizedRange(output, type: type.range32)
  }
}

extension FusedActivation {
  /// The range to which results that are not quantized are clamped.
  func integerRange<Element: FixedWidthInteger>(_ type: Element.Type) -> ClosedRange<Element> {
    switch self {
    case .relu: 0...Element.max
    case .relu6: 0...6
    case .reluN1To1: Element(truncatingIfNeeded: -1)...1
    default: Element.min...Element.max
    }
  }
}
