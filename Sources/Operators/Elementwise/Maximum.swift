package import GraphIR

/// The larger of two numbers, the second where they do not compare; equals TFLM's MAXIMUM, and LiteRT's for uint8.
package enum Maximum: ExtremeOperator {
  package static let builtin = BuiltinOperator.maximum

  @inline(__always)
  static func choose<Element: Comparable>(_ a: Element, _ b: Element) -> Element { a > b ? a : b }
}
