import Foundation
package import GraphIR

/// x, or e^x − 1 where x is negative; equals TFLM's ELU.
package enum Elu: Operator {
  package static let builtin = BuiltinOperator.elu

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 1) {
    case .float32: return try context.unaryKernel(ExponentialUnit())
    case .int8:
      let function = try QuantizedFunction(
        input: context.quantization(ofInput: 0), output: context.quantizationOfOutput()
      ) { $0 < 0 ? expf($0) - 1 : $0 }
      return try context.integerKernel(QuantizedByteFunction<Int8>(function: function))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8")
    }
  }

  private struct ExponentialUnit: UnaryFunction {
    func callAsFunction(_ x: Float) -> Float { x < 0 ? expf(x) - 1 : x }
  }
}
