package import GraphIR

/// The square root of every element of a float tensor; equals TFLM's SQRT.
package enum Sqrt: FloatFunctionOperator {
  package static let builtin = BuiltinOperator.sqrt

  static func evaluate(_ x: Float) -> Float { x.squareRoot() }
}
