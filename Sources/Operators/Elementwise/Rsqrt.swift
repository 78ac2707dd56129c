package import GraphIR
import Tensors

/// 1 / √x for every element; equals TFLM's RSQRT, and LiteRT's for int16.
package enum Rsqrt: Operator {
  package static let builtin = BuiltinOperator.rsqrt

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 1) {
    case .float32: return try context.unaryKernel(FloatInverseRoot())
    case .int8: return try context.unaryKernel(CheckedInverseRoot(context))
    case .int16:
      let output = try context.quantizationOfOutput()
      let function = try QuantizedFunction(input: context.quantization(ofInput: 0), output: output) { x in
        x <= 0 ? 32767 * output.scale : 1 / x.squareRoot()
      }
      return try context.integerKernel(QuantizedInt16Function(function))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16")
    }
  }
}

private struct FloatInverseRoot: UnaryFunction {
  @inline(__always)
  func callAsFunction(_ x: Float) -> Float { 1 / x.squareRoot() }
}

/// 1 / √x of a stored number; of none that is positive, the largest.
private struct ByteInverseRoot: UnaryFunction {
  private let input: ScaleAndZeroPoint
  private let output: ScaleAndZeroPoint
  private let scale: QuantizedMultiplier

  init(_ context: NodeContext) throws(KernelError) {
    input = try context.quantization(ofInput: 0)
    output = try context.quantizationOfOutput()
    scale = QuantizedMultiplier(1 / (Double(input.scale).squareRoot() * Double(output.scale)))
  }

  func callAsFunction(_ x: Int8) -> Int8 {
    let value = Int32(x) &- input.zeroPoint
    guard value > 0 else { return .max }
    let root = FixedPoint.inverseSquareRoot(value)
    let one = QuantizedMultiplier(multiplier: root.multiplier, shift: root.shift + 20).apply(Int32(1))
    let scaled = QuantizedMultiplier(multiplier: scale.multiplier, shift: scale.shift - 20).apply(one)
    return Int8(scaled &+ output.zeroPoint, clampedTo: Int8.range32)
  }
}

/// The table of `ByteInverseRoot`, for numbers that are not negative.
private struct CheckedInverseRoot: UnaryFunction {
  private let root: Tabulated<Int8, Int8>
  private let zeroPoint: Int32

  init(_ context: NodeContext) throws(KernelError) {
    root = Tabulated(try ByteInverseRoot(context))
    zeroPoint = try context.quantization(ofInput: 0).zeroPoint
  }

  @inline(__always)
  func callAsFunction(_ x: Int8) -> Int8 { root(x) }

  func check(_ input: TensorBuffer<Int8>) throws(KernelError) {
    for index in input.indices where Int32(input[index]) < zeroPoint {
      throw .invalidData("element \(index) is negative; RSQRT has no result for it")
    }
  }
}
