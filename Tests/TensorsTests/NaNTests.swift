import Tensors
import Testing

@Suite struct NaNTests {
  private func settled(_ type: ElementType, _ words: [UInt64], width: Int) -> [UInt8] {
    type.withOneNaN(words.flatMap { word in (0..<width).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } })
  }

  /// A NaN with each sign and a payload, then an infinity and the largest finite number, by type.
  @Test(arguments: [
    (ElementType.float32, [0x7FC0_0000, 0xFF80_0001, 0xFF80_0000, 0x7F7F_FFFF] as [UInt64], 4),
    (.complex64, [0x7FC0_0000, 0xFF80_0001, 0xFF80_0000, 0x7F7F_FFFF], 4),
    (.float16, [0x7E00, 0xFC01, 0xFC00, 0x7BFF], 2), (.bfloat16, [0x7FC0, 0xFF81, 0xFF80, 0x7F7F], 2),
    (.float64, [0x7FF8 << 48, 0xFFF0 << 48 + 1, 0xFFF0 << 48, 0x7FEF << 48], 8),
    (.float8E5M2, [0x7F, 0xFD, 0xFC, 0x7B], 1), (.float8E4M3FN, [0x7F, 0xFF, 0x7E, 0xFE], 1),
  ])
  func onlyNaNsAreMadeEqual(type: ElementType, words: [UInt64], width: Int) {
    let bytes = settled(type, words, width: width)
    #expect(bytes[..<width] == bytes[width..<2 * width])
    let plain = words.dropFirst(2).flatMap { word in
      (0..<width).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
    #expect(Array(bytes[(2 * width)...]) == plain)
  }

  @Test func integersStay() {
    let bytes: [UInt8] = [0xFF, 0xFF, 0xFF, 0x7F, 1]
    for type in [ElementType.int8, .int32, .uint8, .int64, .string, .int4] {
      #expect(type.withOneNaN(bytes) == bytes)
    }
    #expect(ElementType.float32.withOneNaN([0, 0, 0x80, 0xFF, 9]) == [0, 0, 0x80, 0xFF, 9])
  }
}
