package import GraphIR

/// The nearest integer, halves to even, of every element of a float tensor; equals TFLM's ROUND.
package enum Round: FloatFunctionOperator {
  package static let builtin = BuiltinOperator.round

  static func evaluate(_ x: Float) -> Float { x.rounded(.toNearestOrEven) }
}
