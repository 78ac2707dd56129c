package import GraphIR
import Tensors

/// Real numbers to quantized ones, or quantized ones to another quantization; equals TFLM's QUANTIZE, and
/// LiteRT's for float32 and uint8 to uint8 and for uint8 to int16.
package enum Quantize: Operator {
  package static let builtin = BuiltinOperator.quantize

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1)
    switch try context.input(0).elementType {
    case .float32: return try fromFloat(context)
    case .int8: return try requantizing(Int8.self, context)
    case .uint8: return try requantizing(UInt8.self, context)
    case .int16: return try requantizing(Int16.self, context)
    case .int32: return try requantizing(Int32.self, context)
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16, uint8, int32")
    }
  }

  private static func fromFloat(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let output = try context.quantizationOfOutput()
    switch try context.output().elementType {
    case .int8: return try context.unaryKernel(FloatQuantization<Int8>(output))
    case .uint8: return try context.unaryKernel(FloatQuantization<UInt8>(output))
    case .int16: return try context.unaryKernel(FloatQuantization<Int16>(output))
    default: throw try context.refusal(ofOutputFor: 0)
    }
  }

  private static func requantizing<Input: KernelInteger>(
    _ type: Input.Type, _ context: NodeContext
  ) throws(KernelError) -> any Kernel {
    switch try context.output().elementType {
    case .int8: return try context.tabulatedKernel(Requantization<Input, Int8>(context))
    case .uint8: return try context.tabulatedKernel(Requantization<Input, UInt8>(context))
    case .int16: return try context.tabulatedKernel(Requantization<Input, Int16>(context))
    case .int32: return try context.tabulatedKernel(Requantization<Input, Int32>(context))
    default: throw try context.refusal(ofOutputFor: 0)
    }
  }
}

/// A float over the scale, rounded half away from zero and saturated.
private struct FloatQuantization<Output: KernelInteger>: UnaryFunction {
  private let scale: Float
  private let zeroPoint: Int32

  init(_ output: ScaleAndZeroPoint) {
    scale = output.scale
    zeroPoint = output.zeroPoint
  }

  @inline(__always)
  func callAsFunction(_ x: Float) -> Output {
    Output(Int32(roundingSmall: x / scale) &+ zeroPoint, clampedTo: Output.range32)
  }
}

/// A quantized number in another quantization.
private struct Requantization<
  Input: KernelInteger, Output: KernelInteger
>: UnaryFunction {
  private let input: ScaleAndZeroPoint
  private let output: ScaleAndZeroPoint
  private let scale: QuantizedMultiplier

  init(_ context: NodeContext) throws(KernelError) {
    input = try context.quantization(ofInput: 0)
    output = try context.quantizationOfOutput()
    scale = QuantizedMultiplier(Double(input.scale) / Double(output.scale))
  }

  @inline(__always)
  func callAsFunction(_ x: Input) -> Output {
    let scaled = scale.apply(Int32(truncatingIfNeeded: x) &- input.zeroPoint)
    return Output(scaled &+ output.zeroPoint, clampedTo: Output.range32)
  }
}
