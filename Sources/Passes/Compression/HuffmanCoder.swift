import GraphIR
import Operators
import Tensors

/// Constants of int8 and int16 in a prefix code.
enum HuffmanCoder {
  /// - Parameter isWide: whether entries of tables have 32 bits; nil for the narrowest that the type allows.
  /// - Returns: nil for other types, and where the tables do not fit their entries.
  static func code(_ value: Value, isWide: Bool? = nil) -> CodedConstant? {
    guard value.elementType == .int8 || value.elementType == .int16, let constant = ConstantWords(value),
      !constant.words.isEmpty
    else { return nil }
    let isWide = isWide ?? (value.elementType == .int16)
    guard isWide || value.elementType == .int8 else { return nil }
    let tree = HuffmanTree(HuffmanCode(counts: counts(of: [constant])))
    return code(constant, tree, isWide: isWide)
  }

  /// Constants of int8 in one code, so that one set of tables does for all.
  ///
  /// - Returns: nil where one of them is of another type.
  static func code(together values: [Value]) -> [CodedConstant]? {
    let constants = values.compactMap { $0.elementType == .int8 ? ConstantWords($0) : nil }
    guard constants.count == values.count, constants.contains(where: { !$0.words.isEmpty }) else {
      return nil
    }
    let tree = HuffmanTree(HuffmanCode(counts: counts(of: constants)))
    let coded = constants.compactMap { code($0, tree, isWide: false) }
    return coded.count == values.count ? coded : nil
  }

  static func counts(of constants: [ConstantWords]) -> [UInt64: Int] {
    constants.reduce(into: [:]) { counts, constant in
      for word in constant.words { counts[word, default: 0] += 1 }
    }
  }

  private static func code(_ constant: ConstantWords, _ tree: HuffmanTree, isWide: Bool) -> CodedConstant? {
    let mask: UInt64 = constant.width == 1 ? 0xFF : 0xFFFF
    guard let tables = HuffmanTableEntries(tree).bytes(isWide: isWide, symbolMask: mask) else { return nil }
    let coding = WeightCoding.huffman(firstBits: tree.tableBits[0], isWide: isWide)
    return CodedConstant(
      coding: coding, encoded: encoded(constant.words, tree), ancillary: coding.header + tables)
  }

  /// Code words in words of 32 bits, with as much behind them as the decoder looks at.
  private static func encoded(_ symbols: [UInt64], _ tree: HuffmanTree) -> [UInt8] {
    let words = Dictionary(tree.words.map { ($0.symbol, ($0, tree.reach(of: $0))) }) { first, _ in first }
    var writer = BitWriter()
    var end = 0
    for symbol in symbols {
      guard let (word, reach) = words[symbol] else { continue }
      end = max(end, writer.bitCount + max(reach, word.length))
      writer.append(word.bits, bits: word.length)
    }
    writer.fill(to: (end + 31) / 32 * 4)
    return writer.bytes
  }
}
