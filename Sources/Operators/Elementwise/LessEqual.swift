package import GraphIR

/// a ≤ b for all pairs of elements of two tensors that broadcast (LESS_EQUAL).
package enum LessEqual: ComparisonOperator {
  package static let builtin = BuiltinOperator.lessEqual
  static let comparesEquality = false

  @inline(__always)
  static func compare<Element: Comparable>(_ a: Element, _ b: Element) -> Bool { a <= b }
}
