package import GraphIR

/// The smaller of two numbers, the second where they do not compare; equals TFLM's MINIMUM, and LiteRT's for uint8.
package enum Minimum: ExtremeOperator {
  package static let builtin = BuiltinOperator.minimum

  @inline(__always)
  static func choose<Element: Comparable>(_ a: Element, _ b: Element) -> Element { a < b ? a : b }
}
