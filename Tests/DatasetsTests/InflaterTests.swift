import Foundation
import Testing

@testable import Datasets

@Suite struct InflaterTests {
  /// DEFLATE of "hello hello hello hello".
  private static let stream = Data([0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x27, 0x01])

  @Test func streamsUnpackToTheirSize() {
    #expect(Inflater.inflate(Self.stream, byteCount: 23) == Array("hello hello hello hello".utf8))
  }

  @Test(arguments: [0, 22, 24, 4096, 1 << 40]) func otherSizesAreRefused(byteCount: Int) {
    #expect(Inflater.inflate(Self.stream, byteCount: byteCount) == nil)
  }

  @Test func cutStreamsAreRefused() {
    for count in 0..<Self.stream.count {
      #expect(Inflater.inflate(Self.stream.prefix(count), byteCount: 23) == nil)
    }
  }

  @Test func aPrefixTakesNoMoreThanItIsAskedFor() {
    #expect(Inflater.prefix(of: Self.stream, byteCount: 7) == Array("hello h".utf8))
    #expect(Inflater.prefix(of: Self.stream, byteCount: 99) == Array("hello hello hello hello".utf8))
    #expect(Inflater.prefix(of: Data(), byteCount: 7).isEmpty)
    #expect(Inflater.prefix(of: Data([0xFF]), byteCount: 7).isEmpty)
  }

  @Test func theChecksumIsThatOfZip() {
    #expect(Inflater.checksum(Data("123456789".utf8)) == 0xCBF4_3926)
    #expect(Inflater.checksum(Data()) == 0)
  }
}
