import Foundation
package import GraphIR

/// The cosine of every element of a float tensor; equals TFLM's COS.
package enum Cos: FloatFunctionOperator {
  package static let builtin = BuiltinOperator.cos

  static func evaluate(_ x: Float) -> Float { cos(x) }
}
