/// Bits of a row of bytes, the highest of each byte first; behind the end come zeros.
struct BitReader {
  private let bytes: ArraySlice<UInt8>
  /// Bits in front of the next one.
  private(set) var position = 0

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  var bitCount: Int { 8 * bytes.count }

  /// The next bits as a number; they are read no more.
  ///
  /// - Precondition: 0 to 16 of them.
  mutating func read(_ count: Int) -> Int {
    var word = 0
    let first = position >> 3
    for index in first..<first + 3 { word = word << 8 | byte(index) }
    position += count
    return word >> (24 - count - (position - count) & 7) & ((1 << count) - 1)
  }

  /// Goes back, so that bits are read again.
  mutating func putBack(_ count: Int) { position -= count }

  private func byte(_ index: Int) -> Int {
    index < bytes.count ? Int(bytes[bytes.startIndex + index]) : 0
  }
}
