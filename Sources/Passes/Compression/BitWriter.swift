/// Bits put into bytes, the highest of each byte first.
struct BitWriter {
  private(set) var bytes: [UInt8] = []
  private(set) var bitCount = 0

  /// Appends the low bits of a word, the highest of them first.
  mutating func append(_ word: UInt64, bits: Int) {
    for shift in stride(from: bits - 1, through: 0, by: -1) {
      if bitCount & 7 == 0 { bytes.append(0) }
      bytes[bytes.count - 1] |=
        UInt8(truncatingIfNeeded: word >> UInt64(shift) & 1) << UInt8(7 - bitCount & 7)
      bitCount += 1
    }
  }

  /// Appends zeros until there are so many bytes.
  mutating func fill(to count: Int) {
    while bytes.count < count { bytes.append(0) }
    bitCount = max(bitCount, 8 * bytes.count)
  }
}
