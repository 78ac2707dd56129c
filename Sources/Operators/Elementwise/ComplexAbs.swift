import Foundation
package import GraphIR
import Tensors

/// The magnitudes of complex64; equals LiteRT's COMPLEX_ABS.
package enum ComplexAbs: Operator {
  package static let builtin = BuiltinOperator.complexAbs

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.complexKernel(Magnitude())
  }
}

private struct Magnitude: UnaryFunction {
  @inline(__always)
  func callAsFunction(_ x: ComplexNumber) -> Float { hypot(x.real, x.imaginary) }
}
