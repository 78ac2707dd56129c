import Foundation
package import GraphIR

/// e^x for every element; equals TFLM's EXP for float32, and LiteRT's for int8 and int16.
package enum Exp: Operator {
  package static let builtin = BuiltinOperator.exp

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 1) {
    case .float32: return try context.unaryKernel(Exponential())
    case .int8: return try context.integerKernel(QuantizedByteFunction<Int8>(function: quantized(context)))
    case .int16: return try context.integerKernel(QuantizedInt16Function(quantized(context)))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16")
    }
  }

  private static func quantized(_ context: NodeContext) throws(KernelError) -> QuantizedFunction {
    try QuantizedFunction(
      input: context.quantization(ofInput: 0), output: context.quantizationOfOutput()
    ) { expf($0) }
  }

  private struct Exponential: UnaryFunction {
    func callAsFunction(_ x: Float) -> Float { expf(x) }
  }
}
