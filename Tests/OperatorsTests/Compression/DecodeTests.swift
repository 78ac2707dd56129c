import GraphIR
import Operators
import Tensors
import Testing

@Suite struct DecodeTests {
  private typealias Operand = KernelFixture.Operand

  private func fixture(
    _ encoded: [UInt8], _ ancillary: [UInt8], _ result: KernelFixture.Operand
  ) -> KernelFixture {
    var first = Operand.tensor([Int32(encoded.count)], .uint8)
    first.data = TensorData(encoded)
    var second = Operand.tensor([Int32(ancillary.count)], .uint8)
    second.data = TensorData(ancillary)
    return KernelFixture(Decode.self, [first, second], [result])
  }

  private func header(_ type: UInt8, _ parameters: UInt8...) -> [UInt8] {
    let start = [type, 1, 0, 0, 1] + parameters
    return start + [UInt8](repeating: 0, count: 16 - start.count)
  }

  /// The tables and code words of TFLM's own test (`decode_state_huffman_test.cc`): a format, and facts about it.
  private static let table: [UInt16] = [
    0x986D, 0x9861, 0x986A, 0x0005, 0x0806, 0x0809, 0x000E, 0x000F, 0x886F, 0x8868, 0x8864, 0x8864, 0x9069,
    0x9066, 0x8863, 0x8863, 0x0002, 0x906B, 0x8867, 0x886C, 0x8865, 0x8862, 0x8870, 0x886E,
  ]
  private static let words: [UInt8] = [
    0xF0, 0x0D, 0x79, 0xFC, 0x9C, 0x1A, 0x6E, 0x4C, 0x32, 0xAF, 0x29, 0xB3, 0x5D, 0xF6, 0x36, 0x02, 0x50,
    0x15,
    0x8C, 0xA7, 0x95, 0xDB, 0x29, 0x68, 0x3F, 0xBA, 0xB7, 0xED, 0xB1, 0x19, 0xE2, 0xE0,
  ]
  private static let text = "nmmacnanefdacopjomeckifookhbdbdmjjdmjgojfecpbiibmanbbjbnlgjafejp"

  @Test func huffmanIsAsTheRuntimeHasIt() throws {
    let narrow = header(1, 0x20) + Self.table.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let bytes = try fixture(Self.words, narrow, .tensor([64], .int8)).run()[0]
    #expect(bytes == Array(Self.text.utf8))
    let wide = Self.table.flatMap { entry -> [UInt8] in
      let count = UInt32(entry >> 11 & 15) << 27 | UInt32(entry >> 15) << 31
      let word = count | UInt32(entry & 0x7FF)
      return (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
    }
    let words = try fixture(Self.words, header(1, 0x21) + wide, .tensor([64], .int16)).run()[0]
    #expect(words == Self.text.utf8.flatMap { [$0, 0] })
    #expect(
      fixture(Self.words, narrow, .tensor([64], .int16)).refusal
        == .unsupportedType("the result is int16; its coding takes int8"))
  }

  @Test func masksLeaveZeroPointsOut() throws {
    var result = Operand.tensor([2, 4], .int8)
    result.quantization = Quantization(scales: [1, 1], zeroPoints: [3, -2], axis: 0)
    let bytes = try fixture([0b1010_0001], header(2) + [9, 8, 7], result).run()[0]
    #expect(bytes.map { Int8(bitPattern: $0) } == [9, 3, 8, 3, -2, -2, -2, 7])
    result = .tensor([3], .int32)
    let wide = try fixture([0b0100_0000], header(2) + [1, 2, 3, 4], result).run()[0]
    #expect(wide == [0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0])
  }

  @Test(arguments: 1...7) func tablesAreReadByPlaces(width: Int) throws {
    let stride = min(1 << width, 100)
    let places = (0..<40).map { ($0 * 37) % stride }
    var bits = places.map { place in (0..<width).map { place >> (width - 1 - $0) & 1 } }.joined().map(
      UInt8.init)
    while bits.count % 8 != 0 { bits.append(0) }
    let encoded = Swift.stride(from: 0, to: bits.count, by: 8).map { start in
      bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | $1 }
    }
    let table = (0..<4 * stride).map { UInt8(truncatingIfNeeded: $0 * 3 + 1) }
    let ancillary = header(0, UInt8(width), UInt8(stride)) + table
    for axis in [0, 1] {
      var result = Operand.tensor(axis == 0 ? [4, 10] : [10, 4], .int8)
      result.quantization = Quantization(scales: [1, 1, 1, 1], zeroPoints: [0, 0, 0, 0], axis: axis)
      let bytes = try fixture(encoded, ancillary, result).run()[0]
      let expected = places.enumerated().map { index, place in
        table[(axis == 0 ? index / 10 : index % 4) * stride + place]
      }
      #expect(bytes == expected)
    }
  }

  @Test func hostileDataAreRefused() {
    let result = Operand.tensor([64], .int8)
    func reason(_ encoded: [UInt8], _ ancillary: [UInt8], _ result: KernelFixture.Operand = result) -> String?
    {
      fixture(encoded, ancillary, result).refusal.map { "\($0)" }
    }
    #expect(reason([1], [0, 1]) == "the ancillary tensor has 2 bytes, and its header alone takes 16")
    #expect(reason([1], [0, 2] + header(0)[2...]) == "the header has version 2; TFLM takes 1")
    #expect(reason([1], header(127))?.contains("coding 127") == true)
    #expect(
      reason([1], [0, 1, 0, 0, 3] + [UInt8](repeating: 0, count: 11))
        == "the coding has version 3; TFLM takes 1")
    #expect(reason([1], header(0, 0, 4))?.contains("0 bits") == true)
    #expect(
      reason([1], header(0, 4, 4)) == "the encoded tensor has 1 bytes, and its elements take 32")
    #expect(
      reason([UInt8](repeating: 0xFF, count: 32), header(0, 4, 4))
        == "element 0 lies behind the end of the ancillary tensor")
    #expect(reason([UInt8](repeating: 255, count: 8), header(2) + [1])?.contains("element 1 ") == true)
    #expect(reason([1, 2, 3, 4], header(1, 0x20))?.contains("no entry") == true)
    // A table that leads on and on.
    let loop = [UInt8](repeating: 0, count: 16)
    #expect(reason([0, 0, 0, 0], header(1, 0) + loop) == "the code of element 0 has no end")
    #expect(reason([1], header(2), .tensor([64], .uint8))?.contains("result is uint8") == true)
    #expect(
      reason([1], header(2), .tensor([1 << 15, 1 << 15], .int8))?.contains("bytes; nnopt decodes") == true)
    var odd = Operand.tensor([3, 5], .int8)
    odd.quantization = Quantization(scales: [1, 1], zeroPoints: [0, 0], axis: 1)
    #expect(reason([1, 2], header(2), odd) == "its 2 scales do not divide its 15 elements")
    odd.quantization = Quantization(scales: [1], zeroPoints: [0], axis: 1)
    #expect(reason([1, 2], header(2), odd)?.contains("axis 1") == true)
  }

  @Test func operandsAreConstantPairs() {
    let computed = KernelFixture(
      Decode.self, [.tensor([4], .uint8), .tensor([16], .uint8)], [.tensor([4], .int8)])
    #expect(computed.refusal == .unsupported("input 0 is computed; DECODE takes constants only"))
    let odd = KernelFixture(Decode.self, [.tensor([4], .uint8)], [.tensor([4], .int8)])
    #expect(
      odd.refusal
        == .unsupported("it has 1 inputs and 1 outputs; DECODE takes two inputs for each output"))
  }

  @Test func anyBytesAreDecodedOrRefused() {
    var random = SeededRandom(seed: 5)
    for _ in 0..<3000 {
      var ancillary = header(
        UInt8(random.next(below: 4)), UInt8(random.next(below: 256)), UInt8(random.next(below: 256)))
      ancillary += (0..<random.next(below: 200)).map { _ in UInt8(random.next(below: 256)) }
      let encoded = (0..<(1 + random.next(below: 64))).map { _ in UInt8(random.next(below: 256)) }
      let type: ElementType = [.int8, .int16, .float32][random.next(below: 3)]
      let fixture = fixture(encoded, ancillary, .tensor([Int32(1 + random.next(below: 200))], type))
      if fixture.refusal == nil { #expect((try? fixture.run()) != nil) }
    }
  }
}
