/// A prefix code with the fewest bits for symbols that occur so often (Huffman 1952), in canonical form: shorter words
/// first, equally long ones by their symbols.
struct HuffmanCode {
  struct Word: Equatable {
    let symbol: UInt64
    let bits: UInt64
    let length: Int
  }

  let words: [Word]

  /// - Parameter counts: how often each symbol occurs, at least once.
  init(counts: [UInt64: Int]) {
    let sorted = counts.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    let lengths = Self.lengths(sorted.map(\.value))
    let ordered = zip(sorted, lengths).map { (symbol: $0.key, length: $1) }
      .sorted { ($0.length, $0.symbol) < ($1.length, $1.symbol) }
    var (bits, last) = (UInt64(0), ordered.first?.length ?? 0)
    words = ordered.map { entry in
      bits <<= UInt64(entry.length - last)
      last = entry.length
      defer { bits += 1 }
      return Word(symbol: entry.symbol, bits: bits, length: entry.length)
    }
  }

  /// The lengths of the words by two queues (van Leeuwen 1976); leaves first where counts are equal, so that the
  /// longest word is as short as it can be.
  ///
  /// - Parameter counts: in rising order.
  private static func lengths(_ counts: [Int]) -> [Int] {
    guard counts.count > 1 else { return counts.map { _ in 1 } }
    let last = 2 * counts.count - 2
    var weights = counts
    var parents = [Int](repeating: last, count: last + 1)
    var (leaf, inner) = (0, counts.count)
    for node in counts.count...last {
      var sum = 0
      for _ in 0..<2 {
        let takesLeaf = leaf < counts.count && (inner >= node || weights[leaf] <= weights[inner])
        let child = takesLeaf ? leaf : inner
        if takesLeaf { leaf += 1 } else { inner += 1 }
        parents[child] = node
        sum += weights[child]
      }
      weights.append(sum)
    }
    var depths = [Int](repeating: 0, count: last + 1)
    for node in stride(from: last - 1, through: 0, by: -1) { depths[node] = depths[parents[node]] + 1 }
    return Array(depths.prefix(counts.count))
  }
}
