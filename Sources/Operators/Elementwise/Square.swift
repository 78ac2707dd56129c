package import GraphIR

/// The square of every element of a float tensor; equals TFLM's SQUARE.
package enum Square: FloatFunctionOperator {
  package static let builtin = BuiltinOperator.square

  static func evaluate(_ x: Float) -> Float { x * x }
}
