package import GraphIR

/// a = b for all pairs of elements of two tensors that broadcast (EQUAL).
package enum Equal: ComparisonOperator {
  package static let builtin = BuiltinOperator.equal
  static let comparesEquality = true

  @inline(__always)
  static func compare<Element: Comparable>(_ a: Element, _ b: Element) -> Bool { a == b }
}
