import Testing

@testable import GraphIR
@testable import ModelFiles

/// Files of newer converters: readable, but not writable.
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

  @Test func unionTypeWithoutValue() throws {
    let bytes = try RawModel.bytes(operatorFields: { _ in
      [.scalar(slot: OperatorField.builtinOptionsType.rawValue, bits: 1, size: 1)]
    })
    try expectUnwritable(
      bytes, part: "subgraph 0, operator 0 (ADD): BuiltinOptions of type 1 without a value")
  }

  @Test func textThatIsNotUTF8() throws {
    var model = SampleModel.chain()
    model.graphs[0].values[3].name = "@@@@"
    var bytes = try ModelFile.serialize(model)
    let position = try #require(
      bytes.indices.dropLast(3).first { bytes[$0...].starts(with: [UInt8]("@@@@".utf8)) })
    bytes[position] = 0xFF
    try expectUnwritable(bytes, part: "subgraph 0, tensor 3: a text that is not UTF-8")
  }

  @Test func manyUnknownPartsDoNotPileUp() throws {
    var model = SampleModel.chain()
    model.graphs[0].values += (0..<100).map { index in
      var value = model.graphs[0].values[3]
      value.name = "@@@@\(index)"
      return value
    }
    var bytes = try ModelFile.serialize(model)
    for position in bytes.indices where bytes[position...].starts(with: [UInt8]("@@@@".utf8)) {
      bytes[position] = 0xFF
    }
    #expect(try ModelFile.parse(bytes, name: "test").unknownParts.count == 16)
  }
}
