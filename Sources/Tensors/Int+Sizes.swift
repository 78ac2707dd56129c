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
}
