import GraphIR

/// Which operators of two graphs are the same ones.
///
/// Operators of one kind whose outputs have the same, unique names are the same wherever they stand. A longest
/// common sequence of them (longest increasing subsequence of positions) holds the rest in place: in each gap the
/// others are aligned by kind, preferring equal shapes and options. What is left over in a gap was replaced where it
/// writes the same tensor or stands alone against one other, else removed or added.
struct OperatorMatching {
  struct Pair {
    let before: Int
    let after: Int
    /// Whether it stands at another place among the matched operators.
    var isMoved = false
  }

  /// The same operators, in the first graph's order.
  private(set) var pairs: [Pair] = []
  /// An operator of another kind that writes the same tensor.
  private(set) var replaced: [Pair] = []
  private(set) var removed: [Int] = []
  private(set) var added: [Int] = []

  private let before: Graph
  private let after: Graph
  private var partner: [Int?]
  private var isTaken: [Bool]

  /// Cells of an alignment's table; above it only equal ends of a gap are matched.
  private static let cellLimit = 4_000_000

  init(_ before: Graph, _ after: Graph) {
    self.before = before
    self.after = after
    partner = [Int?](repeating: nil, count: before.nodes.count)
    isTaken = [Bool](repeating: false, count: after.nodes.count)
    let anchors = anchors()
    let backbone = Self.increasing(anchors)
    for anchor in anchors { match(anchor.before, anchor.after) }
    var start = (before: 0, after: 0)
    for pair in backbone + [Pair(before: before.nodes.count, after: after.nodes.count)] {
      fill(start.before..<pair.before, start.after..<pair.after)
      start = (min(pair.before + 1, before.nodes.count), min(pair.after + 1, after.nodes.count))
    }
    pairs = partner.enumerated().compactMap { index, match in
      match.map { Pair(before: index, after: $0) }
    }
    markMoved()
    collectRest()
  }

  private mutating func match(_ old: Int, _ new: Int) {
    partner[old] = new
    isTaken[new] = true
  }

  private mutating func markMoved() {
    var isFixed = [Bool](repeating: false, count: before.nodes.count)
    for pair in Self.increasing(pairs) { isFixed[pair.before] = true }
    for index in pairs.indices { pairs[index].isMoved = !isFixed[pairs[index].before] }
  }

  private mutating func collectRest() {
    var isGone = partner.map { $0 == nil }
    var isNew = isTaken.map { !$0 }
    for pair in replaced {
      isGone[pair.before] = false
      isNew[pair.after] = false
    }
    removed = isGone.indices.filter { isGone[$0] }
    added = isNew.indices.filter { isNew[$0] }
  }
}

extension OperatorMatching {
  private struct Key: Hashable {
    let name: String
    let outputs: [String]
  }

  private static func keys(_ graph: Graph) -> [Key: [Int]] {
    var keys: [Key: [Int]] = [:]
    for (index, node) in graph.nodes.enumerated() {
      let outputs = node.outputs.map { graph[$0].name ?? "" }
      guard outputs.contains(where: { !$0.isEmpty }) else { continue }
      keys[Key(name: node.code.name, outputs: outputs), default: []].append(index)
    }
    return keys
  }

  /// Operators whose kind and outputs' names occur once in either graph, in the first graph's order.
  private func anchors() -> [Pair] {
    let old = Self.keys(before)
    let new = Self.keys(after)
    return old.compactMap { key, indices in
      guard indices.count == 1, let others = new[key], others.count == 1 else { return nil }
      return Pair(before: indices[0], after: others[0])
    }
    .sorted { $0.before < $1.before }
  }

  /// A longest subsequence whose positions rise in the second graph too.
  private static func increasing(_ pairs: [Pair]) -> [Pair] {
    var tails: [Int] = []
    var previous = [Int?](repeating: nil, count: pairs.count)
    for (index, pair) in pairs.enumerated() {
      var low = 0
      var high = tails.count
      while low < high {
        let middle = (low + high) / 2
        if pairs[tails[middle]].after < pair.after { low = middle + 1 } else { high = middle }
      }
      previous[index] = low > 0 ? tails[low - 1] : nil
      if low < tails.count { tails[low] = index } else { tails.append(index) }
    }
    var result: [Pair] = []
    var next = tails.last
    while let index = next {
      result.append(pairs[index])
      next = previous[index]
    }
    return result.reversed()
  }

  /// Aligns what is unmatched between two fixed operators.
  private mutating func fill(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
    let olds = oldRange.filter { partner[$0] == nil }
    let news = newRange.filter { !isTaken[$0] }
    for pair in aligned(olds, news) { match(pair.before, pair.after) }
    findReplaced(olds.filter { partner[$0] == nil }, news.filter { !isTaken[$0] })
  }

  private func aligned(_ olds: [Int], _ news: [Int]) -> [Pair] {
    guard !olds.isEmpty, !news.isEmpty else { return [] }
    let (cells, overflow) = (olds.count + 1).multipliedReportingOverflow(by: news.count + 1)
    guard !overflow, cells <= Self.cellLimit else { return equalEnds(olds, news) }
    let width = news.count + 1
    var best = [Int](repeating: 0, count: cells)
    for row in stride(from: olds.count - 1, through: 0, by: -1) {
      for column in stride(from: news.count - 1, through: 0, by: -1) {
        let score = score(olds[row], news[column])
        let paired = score > 0 ? best[(row + 1) * width + column + 1] + score : 0
        best[row * width + column] = max(
          paired, best[(row + 1) * width + column], best[row * width + column + 1])
      }
    }
    var result: [Pair] = []
    var (row, column) = (0, 0)
    while row < olds.count, column < news.count {
      let score = score(olds[row], news[column])
      let here = best[row * width + column]
      if score > 0, here == best[(row + 1) * width + column + 1] + score {
        result.append(Pair(before: olds[row], after: news[column]))
        row += 1
        column += 1
      } else if here == best[(row + 1) * width + column] {
        row += 1
      } else {
        column += 1
      }
    }
    return result
  }

  /// Operators of one kind count most, then shapes and options.
  private func score(_ old: Int, _ new: Int) -> Int {
    let first = before.nodes[old]
    let second = after.nodes[new]
    guard first.code.name == second.code.name else { return 0 }
    let shapes = (before.outputShape(0, of: first), after.outputShape(0, of: second))
    return 1000 + (shapes.0 == shapes.1 ? 2 : 0) + (first.options == second.options ? 1 : 0)
  }

  private func equalEnds(_ olds: [Int], _ news: [Int]) -> [Pair] {
    let shorter = min(olds.count, news.count)
    let head = (0..<shorter).prefix { score(olds[$0], news[$0]) > 0 }.count
    let tail = (0..<(shorter - head)).prefix {
      score(olds[olds.count - 1 - $0], news[news.count - 1 - $0]) > 0
    }.count
    return (0..<head).map { Pair(before: olds[$0], after: news[$0]) }
      + (0..<tail).reversed().map {
        Pair(before: olds[olds.count - 1 - $0], after: news[news.count - 1 - $0])
      }
  }

  private mutating func findReplaced(_ olds: [Int], _ news: [Int]) {
    if olds.count == 1, news.count == 1 {
      replaced.append(Pair(before: olds[0], after: news[0]))
      return
    }
    var names: [String: Int] = [:]
    for new in news {
      guard let name = Self.outputName(after, new) else { continue }
      names[name] = names[name] == nil ? new : -1
    }
    for old in olds {
      guard let name = Self.outputName(before, old), let new = names[name], new >= 0 else { continue }
      names[name] = -1
      replaced.append(Pair(before: old, after: new))
    }
  }

  private static func outputName(_ graph: Graph, _ node: Int) -> String? {
    graph.nodes[node].outputs.first.flatMap { graph[$0].name }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
