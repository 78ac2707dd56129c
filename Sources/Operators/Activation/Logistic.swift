import Foundation
package import GraphIR

/// 1 / (1 + e^−x) for every element; equals TFLM's LOGISTIC, and LiteRT's for uint8.
///
/// Results are in units of 1/256 above zero point −128 for int8, whatever scale the output has, and of
/// 1/32768 for int16.
package enum Logistic: Operator {
  package static let builtin = BuiltinOperator.logistic

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 1) {
    case .float32: return try context.unaryKernel(FloatLogistic())
    case .int8:
      try context.requireOutput(scale: nil, zeroPoint: -128)
      return try context.integerKernel(ByteLogistic(context.quantization(ofInput: 0)))
    case .uint8:
      let function = try QuantizedFunction(
        input: context.quantization(ofInput: 0), output: context.quantizationOfOutput()
      ) { 1 / (1 + exp(-$0)) }
      return try context.integerKernel(QuantizedByteFunction<UInt8>(function: function))
    case .int16:
      try context.requireSymmetric(inputs: 1)
      try context.requireOutput(scale: 1.0 / 32768, zeroPoint: 0)
      return try context.integerKernel(Int16Logistic(context.quantization(ofInput: 0)))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16, uint8")
    }
  }

  /// The function on floats, with the cutoffs of TFLM's reference kernel.
  package static func evaluate(_ x: Float) -> Float {
    if x > 16.619047164916992 { return 1 }
    return x < -9 ? exp(x) : 1 / (1 + exp(-x))
  }
}

private struct FloatLogistic: UnaryFunction {
  func callAsFunction(_ x: Float) -> Float { Logistic.evaluate(x) }
}

private struct ByteLogistic: UnaryFunction {
  private let scale: SigmoidScale

  init(_ input: ScaleAndZeroPoint) { scale = SigmoidScale(input) }

  func callAsFunction(_ x: Int8) -> Int8 {
    scale.evaluate(x) {
      FixedPoint.roundingDivideByPowerOfTwo(FixedPoint.logistic($0, integerBits: 4), 23) - 128
    }
  }
}

private struct Int16Logistic: UnaryFunction {
  private let sigmoid: Int16Sigmoid

  init(_ input: ScaleAndZeroPoint) { sigmoid = Int16Sigmoid(scale: input.scale, powersOfTwo: 0...0) }

  @inline(__always)
  func callAsFunction(_ x: Int16) -> Int16 { sigmoid.logistic(x) }
}
