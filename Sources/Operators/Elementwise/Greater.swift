package import GraphIR

/// a > b for all pairs of elements of two tensors that broadcast (GREATER).
package enum Greater: ComparisonOperator {
  package static let builtin = BuiltinOperator.greater
  static let comparesEquality = false

  @inline(__always)
  static func compare<Element: Comparable>(_ a: Element, _ b: Element) -> Bool { a > b }
}
