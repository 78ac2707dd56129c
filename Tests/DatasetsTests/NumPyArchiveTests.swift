import Foundation
import Tensors
import Testing

@testable import Datasets

@Suite struct NumPyArchiveTests {
  @Test func deflatedArraysAreRead() throws {
    let archive = try NumPyArchive(SampleFiles.npz, file: "x.npz")
    #expect(archive.names == ["images", "labels"])
    let images = try archive.array("images")
    #expect(images.shape == [3, 4] && images.bytes == NumericElements.bytes((0..<12).map { Int16($0) }))
    #expect(try Labels(try archive.array("labels"), file: "x.npz").values == [1, 0, 2])
  }

  @Test func writtenArchivesAreReadBack() throws {
    let first = try #require(NumPyFile.encode(shape: [2], elementType: .uint8, bytes: [1, 2]))
    let second = try #require(NumPyFile.encode(shape: [], elementType: .int8, bytes: [3]))
    let data = Data(try #require(NumPyArchive.encode([("a", first), ("b", second)])))
    let archive = try NumPyArchive(data, file: "x.npz")
    #expect(archive.names == ["a", "b"])
    #expect(try archive.array("a").bytes == [1, 2])
    #expect(try archive.array("b").bytes == [3])
  }

  @Test func anArrayThatIsNotThereIsNamed() throws {
    let archive = try NumPyArchive(SampleFiles.npz, file: "x.npz")
    #expect(throws: DataError.unsupported(file: "x.npz", reason: "it has no array 'y', only images, labels"))
    {
      try archive.array("y")
    }
  }

  @Test func aSizeThatCannotComeOutIsRefusedBeforeItIsTaken() throws {
    var data = SampleFiles.npz
    let entry = try #require(data.range(of: Data([0x50, 0x4B, 1, 2])))
    data.replaceSubrange(entry.lowerBound + 24..<entry.lowerBound + 28, with: [0xFE, 0xFF, 0xFF, 0xFF])
    let archive = try NumPyArchive(data, file: "x.npz")
    let reason = "'images.npy' does not unpack to its size"
    #expect(throws: DataError.malformed(file: "x.npz", format: "a NumPy archive (.npz)", reason: reason)) {
      try archive.array("images")
    }
  }

  /// An archive with one packed array, whose DEFLATE stream is a stored block.
  private func packed(_ file: [UInt8]) throws -> Data {
    let count = file.count
    let block = [1, UInt8(count & 255), UInt8(count >> 8), ~UInt8(count & 255), ~UInt8(count >> 8)] + file
    var data = Data(try #require(NumPyArchive.encode([("a", block)])))
    let entry = try #require(data.range(of: Data([0x50, 0x4B, 1, 2]))).lowerBound
    let checksum = Inflater.checksum(Data(file))
    data[entry + 10] = 8
    for byte in 0..<4 {
      data[entry + 16 + byte] = UInt8(truncatingIfNeeded: checksum >> (8 * UInt32(byte)))
      data[entry + 24 + byte] = UInt8(truncatingIfNeeded: count >> (8 * byte))
    }
    return data
  }

  @Test func moreThanTheHeaderNeedsIsNotUnpacked() throws {
    let array = try #require(NumPyFile.encode(shape: [2], elementType: .uint8, bytes: [1, 2]))
    let whole = try NumPyArchive(try packed(array), file: "x.npz")
    #expect(try whole.array("a").bytes == [1, 2])
    let bomb = try NumPyArchive(try packed(array + [UInt8](repeating: 0, count: 50_000)), file: "x.npz")
    #expect(
      throws: DataError.malformed(
        file: "x.npz(a)", format: "a NumPy array (.npy)",
        reason: "it unpacks to \(array.count + 50_000) bytes, and its array needs \(array.count) of them")
    ) {
      try bomb.array("a")
    }
  }

  @Test func packedHeadersAreJudgedBeforeTheRest() throws {
    let bad: [[UInt8]] = [
      [UInt8](repeating: 0, count: 20_000), [0x93] + Array("NUMPY".utf8) + [2, 0, 255, 255, 255, 255],
      [0x93] + Array("NUMPY".utf8) + [1, 0, 255, 255, 32],
      [0x93] + Array("NUMPY".utf8) + [1, 0, 4, 0] + Array("{'a'".utf8), [],
    ]
    for file in bad {
      let archive = try NumPyArchive(try packed(file), file: "x.npz")
      #expect(throws: DataError.self) { try archive.array("a") }
    }
  }

  @Test func zip64IsNamed() throws {
    var data = SampleFiles.npz
    let end = data.count - 22
    data.replaceSubrange(end + 16..<end + 20, with: [0xFF, 0xFF, 0xFF, 0xFF])
    let reason = "it is a ZIP64 archive; save each array as a .npy file"
    #expect(throws: DataError.unsupported(file: "x.npz", reason: reason)) {
      try NumPyArchive(data, file: "x.npz")
    }
  }

  @Test func noTruncationOrDamageTraps() {
    let data = SampleFiles.npz
    for count in 0..<data.count {
      #expect(throws: DataError.self) { try NumPyArchive(data.prefix(count), file: "x.npz") }
    }
    var generator = SeededRandom(seed: 2)
    for _ in 0..<3000 {
      var damaged = data
      damaged[Int.random(in: 0..<data.count, using: &generator)] = .random(in: 0...255, using: &generator)
      guard let archive = try? NumPyArchive(damaged, file: "x.npz") else { continue }
      for name in archive.names { _ = try? archive.array(name).bytes }
    }
  }
}
