/// The tables of a prefix code as TFLM's decoder walks them (`decode_state_huffman.h`): the root's first, then each
/// where the first entry that leads to it was met.
struct HuffmanTableEntries {
  /// What an entry says: a symbol and the bits of its step, or the distance to the next table and its bits less one.
  enum Entry: Equatable {
    case symbol(UInt64, bits: Int)
    case table(distance: Int, bits: Int)
  }

  let entries: [Entry]

  init(_ tree: HuffmanTree) {
    var entries = [Entry](repeating: .symbol(0, bits: 1), count: 1 << tree.tableBits[0])
    var tables = [(node: 0, start: 0)]
    var next = 0
    while next < tables.count {
      let (node, start) = tables[next]
      next += 1
      let count = tree.tableBits[node]
      for index in 0..<(1 << count) {
        let (child, used) = tree.walk(from: node, index, count: count)
        switch child {
        case .word(let word): entries[start + index] = .symbol(tree.words[word].symbol, bits: used)
        case .node(let inner):
          let bits = tree.tableBits[inner]
          entries[start + index] = .table(distance: entries.count - start - index, bits: bits)
          tables.append((inner, entries.count))
          entries += [Entry](repeating: .symbol(0, bits: 1), count: 1 << bits)
        case .none: break
        }
      }
    }
    self.entries = entries
  }

  /// The tables in entries of 16 or 32 bits, little-endian; nil where a distance does not fit.
  ///
  /// - Parameter symbolMask: the bits of a symbol that count.
  func bytes(isWide: Bool, symbolMask: UInt64) -> [UInt8]? {
    let shift = isWide ? 27 : 11
    let width = isWide ? 4 : 2
    var bytes: [UInt8] = []
    for entry in entries {
      let word: UInt64
      switch entry {
      case .symbol(let symbol, let bits):
        word = 1 << UInt64(shift + 4) | UInt64(bits) << UInt64(shift) | symbol & symbolMask
      case .table(let distance, let bits):
        guard distance < 1 << shift else { return nil }
        word = UInt64(bits - 1) << UInt64(shift) | UInt64(distance)
      }
      for index in 0..<width { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * index))) }
    }
    return bytes
  }
}
