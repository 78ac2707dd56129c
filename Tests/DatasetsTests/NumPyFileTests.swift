import Foundation
import Tensors
import Testing
import _TestSupport

@testable import Datasets

@Suite struct NumPyFileTests {
  @Test func everyTypeIsRead() throws {
    let types: [(String, ElementType, Int)] = [
      ("|b1", .bool, 1), ("|i1", .int8, 1), ("<i2", .int16, 2), ("<i4", .int32, 4), ("<i8", .int64, 8),
      ("|u1", .uint8, 1), ("<u2", .uint16, 2), ("<u4", .uint32, 4), ("<u8", .uint64, 8), ("<f2", .float16, 2),
      ("<f4", .float32, 4), ("<f8", .float64, 8), ("=f4", .float32, 4),
    ]
    for (name, type, size) in types {
      let body = (0..<UInt8(3 * size)).map { $0 }
      let array = try NumPyFile.parse(
        SampleFiles.npy(SampleFiles.header(name, "(3,)"), body), file: "x.npy")
      #expect(array.elementType == type && array.shape == [3] && array.bytes == body)
    }
  }

  @Test func bigEndianNumbersAreTurned() throws {
    let data = SampleFiles.npy(SampleFiles.header(">i2", "(2,)"), [1, 2, 3, 4])
    #expect(try NumPyFile.parse(data, file: "x.npy").bytes == [2, 1, 4, 3])
  }

  @Test func fortranOrderIsTurned() throws {
    let data = SampleFiles.npy(SampleFiles.header("|u1", "(2, 3)", isColumnMajor: true), [1, 4, 2, 5, 3, 6])
    let array = try NumPyFile.parse(data, file: "x.npy")
    #expect(array.bytes == [1, 2, 3, 4, 5, 6])
    #expect(array.bytes(of: 3..<5) == [4, 5])
  }

  @Test(arguments: [UInt8(2), 3]) func laterVersionsHaveLongerSizes(version: UInt8) throws {
    let data = SampleFiles.npy(SampleFiles.header("|u1", "()"), [7], version: version)
    #expect(try NumPyFile.parse(data, file: "x.npy").bytes == [7])
  }

  @Test func writtenFilesAreReadBack() throws {
    let bytes = NumericElements.bytes([1.5, -2, 3] as [Float])
    let file = try #require(NumPyFile.encode(shape: [1, 3], elementType: .float32, bytes: bytes))
    #expect((file.count - bytes.count) % 64 == 0)
    let array = try NumPyFile.parse(Data(file), file: "x.npy")
    #expect(array.shape == [1, 3] && array.elementType == .float32 && array.bytes == bytes)
    #expect(NumPyFile.encode(shape: [4], elementType: .float32, bytes: bytes) == nil)
    #expect(NumPyFile.encode(shape: [3], elementType: .int4, bytes: [0, 0]) == nil)
  }

  @Test func samplesAreStacked() throws {
    let value = SampleModels.chain(.abs, .neg, dimensions: [1, 1]).graphs[0].values[0]
    let samples = [1, 2, 3].map { NumericElements.bytes([Float($0)]) }
    let file = try #require(NumPyFile.encode(samples, of: value))
    let array = try NumPyFile.parse(Data(file), file: "x.npy")
    #expect(array.shape == [3, 1, 1] && NumericElements.floats(array.bytes, .float32) == [1, 2, 3])
  }

  @Test func damageIsNamed() {
    func expect(_ text: String, _ data: Data) {
      #expect(
        performing: {
          _ = try NumPyFile.parse(data, file: "x.npy")
        }, throws: { error in "\(error)" == text })
    }
    let prefix = "x.npy: not a NumPy array (.npy), or damaged: "
    expect(prefix + "it does not start with \\x93NUMPY", Data("no array here".utf8))
    expect(
      prefix + "2×3 as float32 does not fit into its 8 bytes of data",
      SampleFiles.npy(SampleFiles.header("<f4", "(2, 3)"), [UInt8](repeating: 0, count: 8)))
    expect(
      prefix + "its shape [4294967296, 4294967296] has too many elements",
      SampleFiles.npy(SampleFiles.header("|u1", "(4294967296, 4294967296)"), []))
    expect(
      prefix + "9223372036854775807 as float64 does not fit into its 0 bytes of data",
      SampleFiles.npy(SampleFiles.header("<f8", "(9223372036854775807,)"), []))
    expect(prefix + "its shape is no list of sizes", SampleFiles.npy(SampleFiles.header("|u1", "(-1,)"), []))
    expect(
      "x.npy: its elements are of type '<c8'; save them as bool, int, uint or float",
      SampleFiles.npy(SampleFiles.header("<c8", "(1,)"), [UInt8](repeating: 0, count: 8)))
    expect(
      "x.npy: its elements are structures; save one field as an array",
      SampleFiles.npy("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,), }\n", []))
  }

  @Test func noTruncationOrDamageTraps() {
    let data = SampleFiles.npy(SampleFiles.header("<i2", "(2, 3)"), [UInt8](repeating: 1, count: 12))
    for count in 0..<data.count {
      #expect(throws: DataError.self) { try NumPyFile.parse(data.prefix(count), file: "x.npy") }
    }
    var generator = SeededRandom(seed: 1)
    for _ in 0..<2000 {
      var damaged = data
      damaged[Int.random(in: 0..<data.count, using: &generator)] = .random(in: 0...255, using: &generator)
      _ = try? NumPyFile.parse(damaged, file: "x.npy").bytes
    }
  }
}
