import Foundation
package import GraphIR

/// The hyperbolic tangent of every element; equals TFLM's TANH, and LiteRT's for uint8.
///
/// Results are in units of 1/128 for int8, whatever quantization the output has, and of 1/32768 for int16.
package enum Tanh: Operator {
  package static let builtin = BuiltinOperator.tanh

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 1) {
    case .float32: return try context.unaryKernel(FloatTanh())
    case .int8: return try context.integerKernel(ByteTanh(context.quantization(ofInput: 0)))
    case .uint8:
      let function = try QuantizedFunction(
        input: context.quantization(ofInput: 0), output: context.quantizationOfOutput()
      ) { tanhf($0) }
      return try context.integerKernel(QuantizedByteFunction<UInt8>(function: function))
    case .int16:
      try context.requireSymmetric(inputs: 1)
      try context.requireOutput(scale: 1.0 / 32768, zeroPoint: 0)
      return try context.integerKernel(Int16Tanh(context.quantization(ofInput: 0)))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16, uint8")
    }
  }
}

private struct FloatTanh: UnaryFunction {
  func callAsFunction(_ x: Float) -> Float { tanhf(x) }
}

private struct ByteTanh: UnaryFunction {
  private let scale: SigmoidScale

  init(_ input: ScaleAndZeroPoint) { scale = SigmoidScale(input) }

  func callAsFunction(_ x: Int8) -> Int8 {
    scale.evaluate(x) {
      FixedPoint.roundingDivideByPowerOfTwo(FixedPoint.hyperbolicTangent($0, integerBits: 4), 24)
    }
  }
}

private struct Int16Tanh: UnaryFunction {
  private let sigmoid: Int16Sigmoid

  init(_ input: ScaleAndZeroPoint) { sigmoid = Int16Sigmoid(scale: input.scale, powersOfTwo: 0...1) }

  @inline(__always)
  func callAsFunction(_ x: Int16) -> Int16 { sigmoid.tanh(x) }
}
