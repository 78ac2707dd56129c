/// Arithmetic of sizes, which a malformed file can make too large.
extension Int {
  /// The smallest multiple of `alignment` that is not below this number; the number itself where that is below 2.
  ///
  /// - Precondition: the number is not negative, and the multiple fits in `Int`.
  @inlinable
  package func roundedUp(to alignment: Int) -> Int {
    guard alignment > 1 else { return self }
    let remainder = self % alignment
    return remainder == 0 ? self : self + alignment - remainder
  }

  /// The product of numbers that are not negative, or `Int.max` where it does not fit.
  package func saturatingMultiply(_ other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }

  /// The sum, or the nearest number that fits where it does not.
  package func saturatingAdd(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (self < 0 ? .min : .max) : sum
  }
}

extension Sequence where Element == Int {
  /// The sum, or the nearest number that fits where it does not, from the first to the last.
  package var saturatingSum: Int { reduce(0) { $0.saturatingAdd($1) } }
}
