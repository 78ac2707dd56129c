import GraphIR
import Tensors

/// A complex number of two float32.
struct ComplexNumber: BitwiseCopyable, Sendable {
  let real: Float
  let imaginary: Float
}

extension NodeContext {
  /// A kernel that makes a real number of every complex one.
  func complexKernel<Function: UnaryFunction>(
    _ function: Function
  ) throws(KernelError) -> any Kernel where Function.Input == ComplexNumber, Function.Output == Float {
    let types = (try input(0).elementType, try output().elementType)
    guard types == (.complex64, .float32) else {
      throw .unsupportedType("input 0 is \(types.0) and output 0 \(types.1), expected complex64 and float32")
    }
    return try unaryKernel(function)
  }
}
