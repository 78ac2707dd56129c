import Testing

@testable import GraphIR
@testable import ModelFiles

/// Files of newer converters are readable and not writable; odd ones are both.
struct UnknownPartTests {
  private func expectUnwritable(_ bytes: [UInt8], part: String) throws {
    let model = try ModelFile.parse(bytes, name: "new.tflite")
    #expect(model.unknownParts == [part])
    #expect {
      try ModelFile.serialize(model)
    } throws: { error in
      "\(error)" == "the model: cannot be written: model: it holds what would be lost: \(part)"
    }
  }

  @Test func newFieldOfAModel() throws {
    let bytes = try RawModel.bytes(modelFields: { _ in [.scalar(slot: 10, bits: 1, size: 4)] })
    try expectUnwritable(bytes, part: "model: field 10 of Model, newer than schema 3d")
  }

  @Test func newFieldOfAnOption() throws {
    let bytes = try RawModel.bytes(operatorFields: { builder in
      let options = builder.table([.scalar(slot: 9, bits: 1, size: 1)])
      return [
        .scalar(slot: OperatorField.builtinOptionsType.rawValue, bits: 1, size: 1),
        .offset(slot: OperatorField.builtinOptions.rawValue, options),
      ]
    })
    try expectUnwritable(
      bytes, part: "subgraph 0, operator 0 (ADD): field 9 of Conv2DOptions, newer than schema 3d")
  }

  @Test func newMemberOfAUnion() throws {
    let bytes = try RawModel.bytes(operatorFields: { builder in
      let options = builder.table([])
      return [
        .scalar(slot: OperatorField.builtinOptionsType.rawValue, bits: 200, size: 1),
        .offset(slot: OperatorField.builtinOptions.rawValue, options),
      ]
    })
    try expectUnwritable(
      bytes, part: "subgraph 0, operator 0 (ADD): BuiltinOptions of type 200, newer than schema 3d")
  }

  /// Runtimes take the options for absent, and so does nnopt; the file keeps the type.
  @Test func unionTypeWithoutValueIsKept() throws {
    let bytes = try RawModel.bytes(operatorFields: { _ in
      [.scalar(slot: OperatorField.builtinOptionsType.rawValue, bits: 1, size: 1)]
    })
    let model = try ModelFile.parse(bytes, name: "odd")
    #expect(model.unknownParts.isEmpty)
    #expect(model.graphs[0].nodes[0].options == nil)
    let again = try ModelFile.parse(ModelFile.serialize(model), name: "again")
    #expect(again.graphs[0].nodes[0].namedOptions == NamedOptions(first: 1))
    #expect(again.graphs[0].nodes[0].options == nil)
  }

  @Test func textsThatAreNotUTF8AreKept() throws {
    var named = SampleModel.chain()
    named.graphs[0].values[3].name = "@@@@"
    var bytes = try ModelFile.serialize(named)
    let position = try #require(
      bytes.indices.dropLast(3).first { bytes[$0...].starts(with: [UInt8]("@@@@".utf8)) })
    bytes[position] = 0xFF
    let model = try ModelFile.parse(bytes, name: "odd")
    #expect(model.unknownParts.isEmpty)
    #expect(try ModelFile.serialize(model) == bytes)
  }

  private static let oddTexts: [[UInt8]] = [
    [], [0x41], [0xFF], [0xC3, 0xA9], [0xE2, 0x82], [0xF4, 0x8F, 0xBF, 0xBF], [0xC3, 0x28, 0xF0, 0x9F],
  ]

  @Test(arguments: oddTexts)
  func textsComeBackByteByByte(bytes: [UInt8]) {
    #expect(ByteText.bytes(of: ByteText.text(of: bytes[...])) == bytes)
  }

  @Test func manyUnknownPartsDoNotPileUp() {
    let state = ReadingState(file: "test", byteCount: 0)
    for number in 0..<100 { state.note("part \(number)") }
    #expect(state.unknownParts.count == 16)
  }
}
