extension RandomAccessCollection where Index == Int {
  /// The first place of a sorted collection whose element no longer comes before what is looked for; its end where all do.
  ///
  /// - Precondition: elements that come before stand before all others.
  @inlinable
  package func partitionPoint(where isBefore: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
