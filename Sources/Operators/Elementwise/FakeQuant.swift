package import GraphIR
import Tensors

/// float32 numbers rounded as quantization to `num_bits` between `min` and `max` rounds them, whose zero is moved onto
/// a step; equals LiteRT's FAKE_QUANT, which has no narrow ranges.
package enum FakeQuant: Operator {
  package static let builtin = BuiltinOperator.fakeQuant

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let type = try context.input(0).elementType
    guard type == .float32 else { throw .unsupportedType("input 0 is \(type); FAKE_QUANT takes float32") }
    guard !context.attributes.bool("narrow_range") else {
      throw .unsupported("it has a narrow range, which no runtime takes")
    }
    let bits = context.attributes.integer("num_bits")
    guard (2...16).contains(bits) else { throw .unsupported("num_bits is \(bits), expected 2 to 16") }
    let low = Float(context.attributes.real("min"))
    let high = Float(context.attributes.real("max"))
    guard low.isFinite, high.isFinite, low < high, low <= 0, high >= 0 else {
      throw .unsupported("min is \(low) and max \(high); they must lie on both sides of 0")
    }
    return try context.unaryKernel(QuantizationSteps(low: low, high: high, bits: bits))
  }
}

private struct QuantizationSteps: UnaryFunction {
  let low: Float
  let high: Float
  let scale: Float
  let inverseScale: Float

  init(low: Float, high: Float, bits: Int) {
    let steps = Float((1 << bits) - 1)
    scale = (high - low) / steps
    let zero = min(max(0 - low / scale, 0), steps).rounded(.toNearestOrAwayFromZero)
    self.low = (0 - zero) * scale
    self.high = (steps - zero) * scale
    inverseScale = 1 / scale
  }

  @inline(__always)
  func callAsFunction(_ x: Float) -> Float {
    // In the order of `std::max` and `std::min`, which keep the first operand where one is not a number.
    let raised = low < x ? x : low
    let clamped = raised < high ? raised : high
    return ((clamped - low) * inverseScale).rounded(.toNearestOrAwayFromZero) * scale + low
  }
}
