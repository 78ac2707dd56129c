extension Sequence where Element == Int {
  /// The sum, or the nearest number that fits where it does not.
  package var saturatingSum: Int {
    reduce(0) { total, number in
      let (sum, isOutside) = total.addingReportingOverflow(number)
      return isOutside ? (total < 0 ? .min : .max) : sum
    }
  }
}
