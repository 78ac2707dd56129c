import Foundation
package import GraphIR
import Tensors

/// a^b for two tensors that broadcast; equals LiteRT's POW. Powers of int32 wrap, and negative exponents
/// are refused.
package enum Pow: Operator {
  package static let builtin = BuiltinOperator.pow

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 2) {
    case .float32: return try context.binaryKernel(FloatPower())
    case .int32: return try context.binaryKernel(IntegerPower())
    default: throw context.refusal(ofInput: 0, takes: "float32, int32")
    }
  }

  private struct FloatPower: BinaryFunction {
    func callAsFunction(_ a: Float, _ b: Float) -> Float { powf(a, b) }
  }

  private struct IntegerPower: BinaryFunction {
    func callAsFunction(_ a: Int32, _ b: Int32) -> Int32 {
      var (result, power, exponent): (Int32, Int32, Int32) = (1, a, b)
      while exponent > 0 {
        if exponent & 1 == 1 { result = result &* power }
        power = power &* power
        exponent >>= 1
      }
      return result
    }

    func check(_ right: TensorBuffer<Int32>) throws(KernelError) {
      for index in right.indices where right[index] < 0 {
        throw .invalidData("element \(index) of input 1 is negative; POW of int32 has no result for it")
      }
    }
  }
}
