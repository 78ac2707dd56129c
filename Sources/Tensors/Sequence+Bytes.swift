extension Sequence where Element: FixedWidthInteger {
  /// The numbers' bytes, the lowest of each first.
  package var littleEndianBytes: [UInt8] {
    flatMap { number in
      (0..<Element.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
  }
}
