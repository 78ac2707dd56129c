package import GraphIR

/// x clamped to 0...6; equals TFLM's RELU6, and LiteRT's for uint8.
///
/// TFLM clamps int8 and int16 by the input's scale and leaves the numbers in it, whatever the output's is.
package enum Relu6: Operator {
  package static let builtin = BuiltinOperator.relu6

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 1) {
    case .float32: return try context.unaryKernel(FloatRelu(range: 0...6))
    case .int8: return try context.integerKernel(StoredClamp<Int8>(context.quantization(ofInput: 0)))
    case .uint8: return try context.integerKernel(QuantizedRelu<UInt8>(context, 0...6))
    case .int16: return try context.integerKernel(StoredClamp<Int16>(context.quantization(ofInput: 0)))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16, uint8")
    }
  }
}

/// The stored numbers of 0...6.
private struct StoredClamp<Element: KernelInteger>: UnaryFunction {
  private let zero: Element
  private let six: Element

  init(_ input: ScaleAndZeroPoint) {
    zero = Element(clamping: input.zeroPoint)
    six = Element(clamping: input.quantized(6))
  }

  @inline(__always)
  func callAsFunction(_ x: Element) -> Element { x > six ? six : x < zero ? zero : x }
}
