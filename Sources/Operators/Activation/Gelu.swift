import Foundation
package import GraphIR

/// The Gaussian error linear unit, x · Φ(x), with the error function or its approximation by tanh (Hendrycks and
/// Gimpel, 2016); equals LiteRT's GELU, which tabulates 8-bit numbers.
///
/// Where the sum 1 + tanh cancels, below about −2, floats differ from LiteRT's by its own rounding (3e-7).
package enum Gelu: Operator {
  package static let builtin = BuiltinOperator.gelu

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let isApproximate = context.attributes.bool("approximate")
    switch try context.sharedType(inputs: 1) {
    case .float32:
      return isApproximate
        ? try context.unaryKernel(TanhUnit()) : try context.unaryKernel(ErrorFunctionUnit())
    case .int8:
      return try context.integerKernel(
        QuantizedByteFunction<Int8>(function: quantized(context, isApproximate)))
    case .uint8:
      return try context.integerKernel(
        QuantizedByteFunction<UInt8>(function: quantized(context, isApproximate)))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, uint8")
    }
  }

  private static func quantized(
    _ context: NodeContext, _ isApproximate: Bool
  ) throws(KernelError) -> QuantizedFunction {
    try QuantizedFunction(
      input: context.quantization(ofInput: 0), output: context.quantizationOfOutput()
    ) { isApproximate ? TanhUnit()($0) : ErrorFunctionUnit()($0) }
  }

  /// By the complementary error function, which keeps its digits where x is far below 0.
  private struct ErrorFunctionUnit: UnaryFunction {
    func callAsFunction(_ x: Float) -> Float { 0.5 * x * erfcf(x * -0.7071067811865476) }
  }

  private struct TanhUnit: UnaryFunction {
    func callAsFunction(_ x: Float) -> Float {
      0.5 * x * (1 + tanhf(0.7978845608028654 * (x + 0.044715 * x * x * x)))
    }
  }
}
