package import GraphIR

/// a ≥ b for all pairs of elements of two tensors that broadcast (GREATER_EQUAL).
package enum GreaterEqual: ComparisonOperator {
  package static let builtin = BuiltinOperator.greaterEqual
  static let comparesEquality = false

  @inline(__always)
  static func compare<Element: Comparable>(_ a: Element, _ b: Element) -> Bool { a >= b }
}
