import GraphIR
import Operators
import Tensors

/// Constants as places in a table of each channel.
enum LookupCoder {
  /// The most elements of a table, and bits of a place in it.
  static let largestTable = 128

  /// Without loss.
  ///
  /// - Returns: nil where the decoder does not take the type or the scales, or a channel has too many different numbers.
  static func code(_ value: Value) -> CodedConstant? {
    guard let constant = ConstantWords(value), let channels = channels(of: value) else { return nil }
    var tables = [Set<UInt64>](repeating: [], count: channels.count)
    for (index, word) in constant.words.enumerated() {
      let channel = channels.channel(of: index)
      tables[channel].insert(word)
      if tables[channel].count > largestTable { return nil }
    }
    return code(constant, channels, tables: tables.map { $0.sorted() }) { $1 }
  }

  /// With at most so many different numbers in every channel of an int8 constant: those with the least squared error.
  static func cluster(_ value: Value, levels: Int) -> CodedConstant? {
    guard value.elementType == .int8, let constant = ConstantWords(value), let channels = channels(of: value)
    else { return nil }
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 256), count: channels.count)
    for (index, word) in constant.words.enumerated() {
      counts[channels.channel(of: index)][Int(Int8(truncatingIfNeeded: word)) + 128] += 1
    }
    let clusters = counts.map { ByteClusters(counts: $0, levels: levels) }
    let tables = clusters.map { $0.levels.map { UInt64(UInt8(bitPattern: $0)) } }
    let nearest = clusters.map(\.nearest)
    return code(constant, channels, tables: tables) { channel, word in
      UInt64(UInt8(bitPattern: nearest[channel][Int(Int8(truncatingIfNeeded: word)) + 128]))
    }
  }

  private static func channels(of value: Value) -> CodedChannels? {
    let coding = WeightCoding.lookup(width: 1, stride: 1)
    return coding.elementTypes.contains(value.elementType) ? try? CodedChannels(of: value) : nil
  }

  private static func code(
    _ constant: ConstantWords, _ channels: CodedChannels, tables: [[UInt64]],
    _ stored: (_ channel: Int, _ word: UInt64) -> UInt64
  ) -> CodedConstant {
    let stride = max(tables.map(\.count).max() ?? 1, 1)
    let width = max(1, (stride - 1).bitWidth - (stride - 1).leadingZeroBitCount)
    let places = tables.map { Dictionary(zip($0, 0...), uniquingKeysWith: { first, _ in first }) }
    var writer = BitWriter()
    for (index, word) in constant.words.enumerated() {
      let channel = channels.channel(of: index)
      let place = places[channel][stored(channel, word)] ?? 0
      writer.append(UInt64(place), bits: width)
    }
    let coding = WeightCoding.lookup(width: width, stride: stride)
    let values = tables.flatMap { table in
      (0..<stride).flatMap { constant.bytes(of: $0 < table.count ? table[$0] : 0) }
    }
    return CodedConstant(coding: coding, encoded: writer.bytes, ancillary: coding.header + values)
  }
}
