package import GraphIR

/// a ≠ b for all pairs of elements of two tensors that broadcast (NOT_EQUAL).
package enum NotEqual: ComparisonOperator {
  package static let builtin = BuiltinOperator.notEqual
  static let comparesEquality = true

  @inline(__always)
  static func compare<Element: Comparable>(_ a: Element, _ b: Element) -> Bool { a != b }
}
