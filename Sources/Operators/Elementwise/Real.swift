package import GraphIR
import Tensors

/// The real parts of complex64; equals LiteRT's REAL.
package enum Real: Operator {
  package static let builtin = BuiltinOperator.real

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.complexKernel(RealPart())
  }
}

private struct RealPart: UnaryFunction {
  @inline(__always)
  func callAsFunction(_ x: ComplexNumber) -> Float { x.real }
}
