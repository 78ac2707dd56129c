import Tensors
import Testing

@testable import GraphIR
@testable import ModelFiles

/// Whatever the bytes are, reading ends with a model or an error, never with a trap.
struct DamageTests {
  private static let samples = [SampleModel.chain(), SampleModel.loop(), RichModel.make()]

  @Test(arguments: samples)
  func everyTruncationIsAnError(model: Model) throws {
    let whole = try ModelFile.serialize(model, keepsAppendedData: true)
    let end = try Verification.extent(of: whole, file: "test")
    for count in 0..<end {
      #expect(throws: ModelFileError.self) { try ModelFile.parse(Array(whole[..<count]), name: "test") }
    }
  }

  @Test func errorSaysWhereTheFileIsDamaged() throws {
    let whole = try ModelFile.serialize(SampleModel.chain())
    #expect {
      try ModelFile.parse(Array(whole.dropLast(20)), name: "a.tflite")
    } throws: { error in
      #expect(
        "\(error)"
          == "a.tflite: not a TensorFlow Lite model: it is cut off or damaged at operator code 1; get an intact copy"
      )
      return true
    }
  }

  @Test func truncationBehindTheFlatBufferIsAnError() throws {
    var model = RichModel.make()
    model.appendix = []
    let whole = try ModelFile.serialize(model, keepsAppendedData: true)
    let end = try Verification.extent(of: whole, file: "test")
    #expect(end < whole.count)
    for count in end..<whole.count {
      #expect(throws: ModelFileError.self) { try ModelFile.parse(Array(whole[..<count]), name: "test") }
    }
  }

  @Test(arguments: zip(samples, [10_000, 2_000, 2_000]))
  func byteFlips(model: Model, count: Int) throws {
    let whole = try ModelFile.serialize(model, keepsAppendedData: true)
    var generator = SeededRandom(seed: 1)
    for _ in 0..<count {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      // A flip may be harmless; what reads must then also write or be refused.
      if let model = try? ModelFile.parse(bytes, name: "test") { _ = try? ModelFile.serialize(model) }
    }
  }

  @Test(arguments: samples)
  func extremeNumbersEverywhere(model: Model) throws {
    let whole = try ModelFile.serialize(model, keepsAppendedData: true)
    let words: [[UInt8]] = [
      [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x80], [0, 0, 0, 0],
    ]
    for position in stride(from: 0, to: whole.count - 4, by: 4) {
      for word in words {
        var bytes = whole
        bytes.replaceSubrange(position..<position + 4, with: word)
        _ = try? ModelFile.parse(bytes, name: "test")
      }
    }
  }

  @Test func noise() {
    var generator = SeededRandom(seed: 2)
    for count in 0..<500 {
      var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      if count >= 8 { bytes.replaceSubrange(4..<8, with: "TFL3".utf8) }
      #expect(throws: ModelFileError.self) { try ModelFile.parse(bytes, name: "test") }
    }
  }

  @Test func dataSharedAMillionTimes() throws {
    let builder = FlatBufferBuilder()
    let inputs = builder.vector([Int32](repeating: -1, count: 10_000))
    let node = builder.table([.offset(slot: OperatorField.inputs.rawValue, inputs)])
    let nodes = builder.offsets([FlatBufferBuilder.Offset](repeating: node, count: 100_000))
    let graph = builder.table([.offset(slot: SubGraphField.operators.rawValue, nodes)])
    let graphs = builder.offsets([graph])
    let codes = builder.offsets([builder.table([])])
    let root = builder.table([
      .scalar(slot: ModelField.version.rawValue, bits: 3, size: 4),
      .offset(slot: ModelField.operatorCodes.rawValue, codes),
      .offset(slot: ModelField.subgraphs.rawValue, graphs),
    ])
    let bytes = try #require(builder.finish(root: root))
    #expect {
      try ModelFile.parse(bytes, name: "test")
    } throws: { error in
      "\(error)".hasSuffix("the same data are shared absurdly often")
    }
  }
}
