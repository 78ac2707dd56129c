import GraphIR
import Tensors

/// Sets of Huffman tables for int8 constants of a graph that are smaller together than with tables of their own.
enum SharedTables {
  /// A constant, with how often each number occurs in it.
  private struct Member {
    let index: Int
    let counts: [UInt64: Int]
    /// Bytes with tables of its own.
    let ownBytes: Int
    /// Bytes that it may take and still save some.
    let mostBytes: Int
  }

  static func share(_ candidates: inout [CompressionCandidate], in model: Model) {
    for graph in model.graphs.indices {
      var rest = members(of: GraphID(graph), candidates, model)
      while let group = group(rest) {
        let values = group.map { value(of: candidates[$0.index], model) }
        guard let coded = HuffmanCoder.code(together: values) else { break }
        for (member, code) in zip(group, coded) {
          candidates[member.index].coded = code
          candidates[member.index].ancillaryBytes = part(of: code.ancillary.count, group.count)
        }
        let taken = Set(group.map(\.index))
        rest.removeAll { taken.contains($0.index) }
      }
    }
  }

  private static func value(of candidate: CompressionCandidate, _ model: Model) -> Value {
    model.graphs[candidate.graph.index][candidate.value]
  }

  private static func part(of bytes: Int, _ count: Int) -> Int { (bytes + count - 1) / count }

  private static func members(
    of graph: GraphID, _ candidates: [CompressionCandidate], _ model: Model
  ) -> [Member] {
    candidates.indices.compactMap { index in
      let candidate = candidates[index]
      let value = value(of: candidate, model)
      guard candidate.graph == graph, value.elementType == .int8, let constant = ConstantWords(value) else {
        return nil
      }
      return Member(
        index: index, counts: HuffmanCoder.counts(of: [constant]), ownBytes: candidate.coded.byteCount,
        mostBytes: candidate.byteCount - CompressionCandidate.tableBytes * candidate.readers.count)
    }
  }

  /// Those of some constants that all gain by one code: whoever loses the most leaves, until nobody does; nil where
  /// none are left to share.
  private static func group(_ all: [Member]) -> [Member]? {
    var members = all
    while members.count > 1 {
      let counts = members.reduce(into: [UInt64: Int]()) { $0.merge($1.counts, uniquingKeysWith: +) }
      let code = HuffmanCode(counts: counts)
      let lengths = Dictionary(code.words.map { ($0.symbol, $0.length) }) { first, _ in first }
      let tables = 16 + 2 * HuffmanTableEntries(HuffmanTree(code)).entries.count
      let gains = members.map { member in
        let bits = member.counts.reduce(0) { $0 + $1.value * (lengths[$1.key] ?? 0) }
        // With as much behind the words as a decoder looks at.
        let bytes = (bits + 63) / 32 * 4 + part(of: tables, members.count)
        return min(member.ownBytes, member.mostBytes) - bytes
      }
      guard let worst = gains.indices.min(by: { gains[$0] < gains[$1] }) else { return nil }
      if gains[worst] > 0 { return members }
      members.remove(at: worst)
    }
    return nil
  }
}
