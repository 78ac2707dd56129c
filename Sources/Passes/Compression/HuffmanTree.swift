/// The tree of a prefix code, and how many bits each of its tables takes in: those with which all tables together
/// have the fewest entries.
struct HuffmanTree {
  enum Child: Equatable {
    case none
    case word(Int)
    case node(Int)
  }

  let words: [HuffmanCode.Word]
  /// Both children of every inner node; a node stands behind its parent.
  private(set) var children: [[Child]] = [[.none, .none]]
  /// Bits of the table that starts at a node.
  private(set) var tableBits: [Int] = []

  /// An entry counts the bits of its step in four bits.
  static let largestBits = 15

  init(_ code: HuffmanCode) {
    words = code.words
    for index in words.indices { insert(index) }
    chooseTables()
  }

  private mutating func insert(_ index: Int) {
    let word = words[index]
    var node = 0
    for shift in stride(from: word.length - 1, to: 0, by: -1) {
      let side = Int(word.bits >> UInt64(shift) & 1)
      if case .node(let next) = children[node][side] {
        node = next
        continue
      }
      children.append([.none, .none])
      children[node][side] = .node(children.count - 1)
      node = children.count - 1
    }
    children[node][Int(word.bits & 1)] = .word(index)
  }

  /// From the leaves to the root: 2ʷ entries for w bits, and those of the tables that begin w levels below. Of equal
  /// ones the larger table: it takes fewer steps.
  private mutating func chooseTables() {
    var costs = [Int](repeating: 0, count: children.count)
    tableBits = [Int](repeating: 1, count: children.count)
    for node in children.indices.reversed() {
      var level = [node]
      var best = Int.max
      for bits in 1...Self.largestBits where !level.isEmpty && 1 << bits <= best {
        level = level.flatMap(inner)
        let cost = level.reduce(1 << bits) { $0 + costs[$1] }
        if cost <= best { (best, tableBits[node]) = (cost, bits) }
      }
      costs[node] = best
    }
  }

  private func inner(_ node: Int) -> [Int] {
    children[node].compactMap { if case .node(let child) = $0 { child } else { nil } }
  }

  /// Where some bits lead from a node, and how many of them were needed. A side without a child leads to the other.
  func walk(from node: Int, _ bits: Int, count: Int) -> (child: Child, used: Int) {
    var current = node
    for used in 1...count {
      let side = bits >> (count - used) & 1
      let child = children[current][side] == .none ? children[current][1 - side] : children[current][side]
      guard case .node(let next) = child else { return (child, used) }
      current = next
    }
    return (.node(current), count)
  }

  /// Bits that a decoder looks at to find a word: those of all tables on the way.
  func reach(of word: HuffmanCode.Word) -> Int {
    var (node, used, sum) = (0, 0, 0)
    while used < word.length {
      let count = tableBits[node]
      sum += count
      let rest = word.length - used
      guard rest > count else { break }
      let bits = Int(word.bits >> UInt64(rest - count) & ((1 << UInt64(count)) - 1))
      guard case (.node(let next), _) = walk(from: node, bits, count: count) else { break }
      (node, used) = (next, used + count)
    }
    return sum
  }
}
