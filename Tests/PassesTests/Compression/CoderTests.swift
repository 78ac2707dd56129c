import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// What a coder writes, TFLM's decoders read.
@Suite struct CoderTests {
  /// Numbers that are mostly small, as weights are.
  private static func bytes(_ count: Int, spread: Int, zeros: Int, seed: UInt64) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in
      if random.next(below: 100) < zeros { return 0 }
      let number = (0..<4).reduce(0) { sum, _ in sum + random.next(below: 2 * spread + 1) - spread } / 4
      return UInt8(truncatingIfNeeded: number)
    }
  }

  private static func value(
    _ type: ElementType, _ dimensions: [Int32], _ bytes: [UInt8], scales: Int = 1, zeroPoint: Int64 = 0,
    axis: Int = 0
  ) -> Value {
    Value(
      name: nil, dimensions: dimensions, elementType: type,
      quantization: Quantization(
        scales: [Float](repeating: 0.5, count: scales),
        zeroPoints: (0..<scales).map { zeroPoint * Int64($0 + 1) }, axis: axis),
      data: TensorData(bytes))
  }

  @Test(arguments: [(1, 0), (1, 1), (5, 3), (64, 90), (1000, 5), (4099, 40)], [1, 7, 40, 127])
  func everyCodingGivesTheSameNumbersBack(_ size: (count: Int, zeros: Int), _ spread: Int) throws {
    let seed = UInt64(size.count * 131 + spread)
    let bytes = Self.bytes(size.count, spread: spread, zeros: size.zeros, seed: seed)
    let value = Self.value(.int8, [Int32(size.count)], bytes)
    let huffman = try #require(HuffmanCoder.code(value))
    #expect(try huffman.decoded(as: value) == bytes)
    #expect(huffman.encoded.count % 4 == 0)
    let wide = try #require(HuffmanCoder.code(value, isWide: true))
    #expect(try wide.decoded(as: value) == bytes)
    #expect(wide.encoded == huffman.encoded)
    let mask = try #require(MaskCoder.code(value))
    #expect(try mask.decoded(as: value) == bytes)
    #expect(mask.encoded.count == (size.count + 7) / 8)
    if let lookup = LookupCoder.code(value) { #expect(try lookup.decoded(as: value) == bytes) }
  }

  @Test(arguments: [3, 40, 3000]) func wordsOf16BitsComeBack(_ spread: Int) throws {
    var random = SeededRandom(seed: UInt64(spread))
    let words = (0..<5000).map { _ in
      Int16(random.next(below: spread + 1) * random.next(below: spread + 1) / (spread + 1) - spread / 3)
    }
    let value = Self.value(.int16, [50, 100], LittleEndian.bytes(words))
    let coded = try #require(HuffmanCoder.code(value))
    #expect(try coded.decoded(as: value) == Array(value.data.bytes))
    #expect(HuffmanCoder.code(value, isWide: false) == nil)
    let mask = try #require(MaskCoder.code(value))
    #expect(try mask.decoded(as: value) == Array(value.data.bytes))
  }

  /// Counts like Fibonacci's numbers make the longest words.
  @Test func longWordsComeBack() throws {
    var (count, next) = (1, 1)
    var bytes: [UInt8] = []
    for symbol in 0..<22 {
      bytes += [UInt8](repeating: UInt8(symbol * 11), count: count)
      (count, next) = (next, count + next)
    }
    SeededShuffle.shuffle(&bytes)
    let value = Self.value(.int8, [Int32(bytes.count)], bytes)
    let coded = try #require(HuffmanCoder.code(value))
    #expect(try coded.decoded(as: value) == bytes)
    let code = HuffmanCode(counts: bytes.reduce(into: [:]) { $0[UInt64($1), default: 0] += 1 })
    #expect(code.words.map(\.length).max() == 21)
  }

  @Test func oneNumberAloneTakesABit() throws {
    let value = Self.value(.int8, [100], [UInt8](repeating: 0xF9, count: 100))
    let coded = try #require(HuffmanCoder.code(value))
    #expect(try coded.decoded(as: value) == Array(value.data.bytes))
    #expect(coded.encoded.count == 16)
  }

  /// The example of TFLM's own test (`decode_state_huffman_test.cc`): three symbols of three bits, and longer ones.
  @Test func tablesAreTheSmallest() {
    let tree = HuffmanTree(HuffmanCode(counts: [1: 4, 2: 2, 3: 1, 4: 1]))
    // 1: 0, 2: 10, 3: 110, 4: 111. One table of 8 entries would do, three of two each take 6.
    #expect(tree.tableBits[0] == 1 || tree.tableBits[0] == 2)
    #expect(HuffmanTableEntries(tree).entries.count == 6)
    let full = HuffmanTree(HuffmanCode(counts: [1: 1, 2: 1, 3: 1, 4: 1]))
    #expect(full.tableBits[0] == 2)
  }

  @Test(arguments: [0, 3]) func channelsHaveTablesAndZeroPointsOfTheirOwn(axis: Int) throws {
    let bytes = (0..<64).map { UInt8(truncatingIfNeeded: (axis == 0 ? $0 / 16 : $0 % 4) * 40 - 60 + $0 % 3) }
    let value = Self.value(.int8, [4, 2, 2, 4], bytes, scales: 4, zeroPoint: 7, axis: axis)
    let lookup = try #require(LookupCoder.code(value))
    #expect(try lookup.decoded(as: value) == bytes)
    #expect(lookup.coding == .lookup(width: 2, stride: 3))
    let mask = try #require(MaskCoder.code(value))
    #expect(try mask.decoded(as: value) == bytes)
    let other = Self.value(.int8, [4, 2, 2, 4], bytes, scales: 2, axis: 1)
    #expect(LookupCoder.code(other) == nil && MaskCoder.code(other) == nil)
  }

  @Test func floatsKeepNegativeZeros() throws {
    let numbers: [Float] = [0, -0.0, 1.5, 0, 0, -2, 0, 0, 3]
    let value = Value(
      name: nil, dimensions: [9], elementType: .float32, data: TensorData(LittleEndian.bytes(numbers)))
    let coded = try #require(MaskCoder.code(value))
    #expect(try coded.decoded(as: value) == Array(value.data.bytes))
    #expect(coded.ancillary.count == 16 + 4 * 4)
    #expect(HuffmanCoder.code(value) == nil)
  }
}

enum SeededShuffle {
  static func shuffle(_ bytes: inout [UInt8]) {
    var random = SeededRandom(seed: 9)
    random.shuffle(&bytes)
  }
}
