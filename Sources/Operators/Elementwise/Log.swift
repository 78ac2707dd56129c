import Foundation
package import GraphIR

/// The natural logarithm of every element; equals TFLM's LOG for float32, and LiteRT's for int8 and int16,
/// which give the output's least number where the logarithm is not defined.
package enum Log: Operator {
  package static let builtin = BuiltinOperator.log

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 1) {
    case .float32: return try context.unaryKernel(Logarithm())
    case .int8:
      return try context.integerKernel(
        QuantizedByteFunction<Int8>(function: quantized(context, least: -128)))
    case .int16: return try context.integerKernel(QuantizedInt16Function(quantized(context, least: -32768)))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16")
    }
  }

  private static func quantized(
    _ context: NodeContext, least: Int32
  ) throws(KernelError) -> QuantizedFunction {
    let output = try context.quantizationOfOutput()
    let minimum = Float(least &- output.zeroPoint) * output.scale
    return try QuantizedFunction(input: context.quantization(ofInput: 0), output: output) { x in
      x <= 0 ? minimum : logf(x)
    }
  }

  private struct Logarithm: UnaryFunction {
    func callAsFunction(_ x: Float) -> Float { logf(x) }
  }
}
