package import GraphIR
import Tensors

/// The imaginary parts of complex64; equals LiteRT's IMAG.
package enum Imag: Operator {
  package static let builtin = BuiltinOperator.imag

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.complexKernel(ImaginaryPart())
  }
}

private struct ImaginaryPart: UnaryFunction {
  @inline(__always)
  func callAsFunction(_ x: ComplexNumber) -> Float { x.imaginary }
}
