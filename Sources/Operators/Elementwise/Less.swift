package import GraphIR

/// a < b for all pairs of elements of two tensors that broadcast (LESS).
package enum Less: ComparisonOperator {
  package static let builtin = BuiltinOperator.less
  static let comparesEquality = false

  @inline(__always)
  static func compare<Element: Comparable>(_ a: Element, _ b: Element) -> Bool { a < b }
}
