import Foundation
package import GraphIR

/// The sine of every element of a float tensor; equals TFLM's SIN.
package enum Sin: FloatFunctionOperator {
  package static let builtin = BuiltinOperator.sin

  static func evaluate(_ x: Float) -> Float { sin(x) }
}
