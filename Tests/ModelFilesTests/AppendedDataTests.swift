import Tensors
import Testing

@testable import GraphIR
@testable import ModelFiles

/// Data behind the FlatBuffer: `Buffer.offset`, `large_custom_options_offset`, and other tools' data.
struct AppendedDataTests {
  private func slots(of bytes: [UInt8]) throws -> [(offset: Int, size: Int)] {
    let root = try FileContents(bytes).root
    guard case .records(let buffers)? = root["buffers"] else { return [] }
    return buffers.filter { $0["offset"] != nil }.map { ($0.integer("offset"), $0.integer("size")) }
  }

  private func model(_ constants: [ArraySlice<UInt8>]) -> Model {
    var model = SampleModel.chain()
    model.graphs[0].values += constants.enumerated().map { index, bytes in
      Value(
        name: "appended \(index)", dimensions: [Int32(bytes.count)], elementType: .uint8,
        data: TensorData(bytes, location: .appended))
    }
    return model
  }

  @Test func dataStandBehindTheFlatBufferAndAreAligned() throws {
    let bytes = try ModelFile.serialize(model([[1, 2, 3], [4, 5]]), keepsAppendedData: true)
    let slots = try slots(of: bytes)
    let extent = try Verification.extent(of: bytes, file: "test")
    #expect(slots.map(\.size) == [3, 2])
    #expect(slots.allSatisfy { $0.offset >= extent && $0.offset % 16 == 0 })
    #expect(slots.map { Array(bytes[$0.offset..<$0.offset + $0.size]) } == [[1, 2, 3], [4, 5]])
  }

  @Test func writtenFilesHoldThemInside() throws {
    let model = model([[1, 2, 3], [4, 5]])
    let read = try ModelFile.parse(ModelFile.serialize(model), name: "inside")
    #expect(read.appendedValues.isEmpty)
    #expect(read.remarks.isEmpty)
    #expect(read.graphs[0].values.suffix(2).map { Array($0.data.bytes) } == [[1, 2, 3], [4, 5]])
    let kept = try ModelFile.parse(ModelFile.serialize(model, keepsAppendedData: true), name: "kept")
    #expect(kept.appendedValues.count == 2)
    #expect(kept.remarks.count == 1)
    #expect(kept.withDataInside.appendedValues.isEmpty)
    #expect(try ModelFile.serialize(kept.withDataInside) == ModelFile.serialize(kept))
  }

  @Test func equalDataAreStoredOnce() throws {
    let slots = try slots(
      of: ModelFile.serialize(model([[1, 2], [3, 4], [1, 2]]), keepsAppendedData: true))
    #expect(slots[0] == slots[2])
    #expect(slots[0] != slots[1])
  }

  @Test(arguments: [(UInt64(1) << 40, UInt64(4)), (16, .max), (.max, .max), (2, 1 << 30)])
  func rangesOutsideTheFileAreErrors(offset: UInt64, size: UInt64) throws {
    let bytes = try RawModel.bytes(of: SampleModel.chain()) { root in
      root.edit("buffers", 0) { buffer in
        buffer["offset"] = .integer(Int64(bitPattern: offset))
        buffer["size"] = .integer(Int64(bitPattern: size))
      }
    }
    #expect {
      try ModelFile.parse(bytes, name: "a.tflite")
    } throws: { error in
      "\(error)".hasPrefix("a.tflite: buffer 0: \(size) bytes at \(offset) lie outside the file")
    }
  }

  @Test(arguments: [(Int64(1), Int64(1)), (0, 100), (100, 0)])
  func placeholdersMeanNoData(offset: Int64, size: Int64) throws {
    let bytes = try RawModel.bytes(of: SampleModel.chain()) { root in
      root.edit("buffers", 0) { buffer in
        buffer["offset"] = .integer(offset)
        buffer["size"] = .integer(size)
      }
    }
    #expect(try ModelFile.parse(bytes, name: "test").buffers[0] === TensorData.none)
  }

  @Test func appendixFollowsAppendedData() throws {
    var model = model([[1, 2, 3]])
    model.appendix = [UInt8]("labels".utf8)
    let bytes = try ModelFile.serialize(model)
    #expect(bytes.suffix(6).elementsEqual("labels".utf8))
    let again = try ModelFile.parse(bytes, name: "test")
    #expect(again.appendix == model.appendix)
    #expect(again.graphs[0].values[5].data.bytes == [1, 2, 3])
  }

  @Test func archiveKeepsItsOffsetsRight() throws {
    var model = SampleModel.chain()
    model.appendix = Self.archive
    let bytes = try ModelFile.serialize(model)
    let start = bytes.count - Self.archive.count
    #expect(bytes[start...].starts(with: [0x50, 0x4B, 0x03, 0x04]))
    // The offset of the directory in the end record, and that of the file in its entry.
    #expect(Self.number(bytes, at: bytes.count - 6) == start + 35)
    #expect(Self.number(bytes, at: start + 35 + 42) == start)
    #expect(try ModelFile.parse(bytes, name: "test").appendix == Self.archive)
  }

  private static func number(_ bytes: [UInt8], at position: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
  }

  /// A ZIP archive with one stored file `a.txt` that is empty.
  private static let archive: [UInt8] =
    [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 22) + [5, 0, 0, 0] + [UInt8]("a.txt".utf8)
    + [0x50, 0x4B, 0x01, 0x02] + [UInt8](repeating: 0, count: 24) + [5, 0] + [UInt8](repeating: 0, count: 16)
    + [UInt8]("a.txt".utf8)
    + [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0, 1, 0, 1, 0, 51, 0, 0, 0, 35, 0, 0, 0, 0, 0]
}
