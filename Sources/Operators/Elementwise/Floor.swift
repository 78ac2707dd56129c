package import GraphIR

/// The greatest integer below of every element of a float tensor; equals TFLM's FLOOR.
package enum Floor: FloatFunctionOperator {
  package static let builtin = BuiltinOperator.floor

  static func evaluate(_ x: Float) -> Float { x.rounded(.down) }
}
