package import GraphIR

/// The least integer above of every element of a float tensor; equals TFLM's CEIL.
package enum Ceil: FloatFunctionOperator {
  package static let builtin = BuiltinOperator.ceil

  static func evaluate(_ x: Float) -> Float { x.rounded(.up) }
}
