import Foundation
import Testing

@testable import GraphIR
@testable import ModelFiles

struct SchemaTests {
  private func check<Table: SchemaTable>(_ table: Table.Type) throws {
    let type = try #require(Schema.current[Table.schemaName])
    let names = Table.allCases.map { "\($0)".lowercased() }
    #expect(names == type.members.map { $0.name.replacingOccurrences(of: "_", with: "") })
  }

  @Test func slotsAreThoseOfTheSchema() throws {
    try check(ModelField.self)
    try check(OperatorCodeField.self)
    try check(SubGraphField.self)
    try check(TensorField.self)
    try check(QuantizationField.self)
    try check(OperatorField.self)
    try check(BufferField.self)
    try check(MetadataField.self)
    try check(TensorMapField.self)
    try check(SignatureField.self)
  }

  @Test func builtinOperatorsAreThoseOfTheSchema() throws {
    let type = try #require(Schema.current["BuiltinOperator"])
    for member in type.members {
      #expect(BuiltinOperator(rawValue: Int32(member.value)).name == member.name)
    }
    #expect(!BuiltinOperator(rawValue: Int32(type.members.count)).isKnown)
  }

  @Test func optionsCodesAreThoseOfTheSchema() throws {
    let union = try #require(Schema.current["BuiltinOptions"])
    for (code, member) in union.members.enumerated().dropFirst() {
      let name = try #require(OptionsCode(rawValue: UInt8(code)))
      #expect("\(name)Options".lowercased() == member.name.lowercased(), "\(code)")
    }
    #expect(OptionsCode(rawValue: UInt8(union.members.count)) == nil)
  }

  @Test func numbersHaveNames() {
    #expect(OptionNames.name(of: 1, field: "padding", in: "Conv2DOptions") == "VALID")
    #expect(OptionNames.name(of: 9, field: "padding", in: "Conv2DOptions") == nil)
    #expect(OptionNames.name(of: 1, field: "stride_w", in: "Conv2DOptions") == nil)
  }

  @Test(arguments: ["BuiltinOptions", "BuiltinOptions2"])
  func everyFieldOfEveryOptionSurvives(unionName: String) throws {
    let union = try #require(Schema.current[unionName])
    for (code, member) in union.members.enumerated().dropFirst() {
      let type = try #require(Schema.current[member.name])
      let record = Record(
        type.name,
        type.members.map { Record.Field(name: $0.name, value: Self.sample(of: $0)) })
      let options = Node.Options(code: UInt8(code), record: record)
      var model = SampleModel.chain()
      model.graphs[0].nodes[1].options = nil
      if unionName == "BuiltinOptions" {
        model.graphs[0].nodes[1].options = options
      } else {
        model.graphs[0].nodes[1].options2 = options
      }
      let node = try ModelFile.parse(ModelFile.serialize(model), name: "test").graphs[0].nodes[1]
      #expect((node.options ?? node.options2) == options)
    }
  }

  private static func sample(of member: Schema.Member) -> FieldValue {
    switch (member.kind, member.isVector) {
    case (.integer(size: 1, _, _), true): .bytes([0, 1, 255])
    case (.integer(_, let isSigned, _), true): .integers([0, 7, isSigned ? -7 : 9])
    case (.integer, false): .integer(1)
    case (.real, true): .reals([0.5, -.infinity])
    case (.real, false): .real(-0.25)
    case (.string, true): .strings(["", "a"])
    default: .string("text")
    }
  }

  @Test func generatedFilesAreCurrent() throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Scripts/schema")
    let process = Process()
    process.executableURL = script
    process.arguments = ["--check"]
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus == 2 {
      try Test.cancel("flatc is not installed: Scripts/schema installs it")
    }
    #expect(process.terminationStatus == 0)
  }
}
