import Tensors
import Testing

@testable import GraphIR
@testable import ModelFiles

struct RoundTripTests {
  private func again(_ model: Model) throws -> Model {
    try ModelFile.parse(ModelFile.serialize(model, keepsAppendedData: true), name: "test")
  }

  @Test(arguments: [SampleModel.chain(), SampleModel.loop(), RichModel.make()])
  func writtenFileIsWhatItWasReadFrom(model: Model) throws {
    let once = try ModelFile.serialize(model, keepsAppendedData: true)
    let twice = try ModelFile.serialize(ModelFile.parse(once, name: "test"), keepsAppendedData: true)
    #expect(once == twice)
  }

  @Test func valuesSurvive() throws {
    let before = RichModel.make().graphs[0].values
    let after = try again(RichModel.make()).graphs[0].values
    #expect(after.count == before.count)
    for (before, after) in zip(before, after) {
      #expect(after.name == before.name)
      #expect(after.dimensions == before.dimensions)
      #expect(after.shapeSignature == before.shapeSignature)
      #expect(after.elementType == before.elementType)
      #expect(after.data.bytes == before.data.bytes)
      #expect(after.data.location == before.data.location)
      #expect(after.isVariable == before.isVariable)
      #expect(after.attachments == before.attachments)
      // A table of quantization that only holds details reads as one without scales.
      let details = before.attachments.quantizationDetails
      let empty = details == nil ? nil : Quantization(scales: nil, zeroPoints: nil)
      #expect(after.quantization == before.quantization ?? empty)
    }
  }

  @Test func equalOperatorCodesStayApart() throws {
    var model = try again(RichModel.make())
    let code = try #require(model.graphs[0].nodes.first).code
    model.operatorCodes.append(code)
    model.graphs[0].nodes[0].codeIndex = model.operatorCodes.count - 1
    let after = try again(model)
    #expect(after.graphs[0].nodes[0].codeIndex == model.operatorCodes.count - 1)
    model.graphs[0].nodes[0].code = OperatorCode(.floor, version: 77)
    #expect(try again(model).graphs[0].nodes[0].code == OperatorCode(.floor, version: 77))
  }

  @Test func nodesSurvive() throws {
    let before = RichModel.make().graphs[0].nodes
    let after = try again(RichModel.make()).graphs[0].nodes
    #expect(after.count == before.count)
    for (before, after) in zip(before, after) {
      #expect(after.code == before.code)
      #expect(after.inputs == before.inputs)
      #expect(after.outputs == before.outputs)
      #expect(after.intermediates == before.intermediates)
      #expect(after.options == before.options)
      #expect(after.options2 == before.options2)
      #expect(after.customOptions == before.customOptions)
      #expect(after.mutatingVariableInputs == before.mutatingVariableInputs)
      #expect(after.debugMetadataIndex == before.debugMetadataIndex)
      #expect(after.omittedLists == before.omittedLists)
    }
  }

  @Test func graphsSurvive() throws {
    let model = try again(RichModel.make())
    for (before, after) in zip(RichModel.make().graphs, model.graphs) {
      #expect(after.name == before.name)
      #expect(after.inputs == before.inputs)
      #expect(after.outputs == before.outputs)
      #expect(after.debugMetadataIndex == before.debugMetadataIndex)
      #expect(after.omittedLists == before.omittedLists)
    }
  }

  @Test func surroundingsSurvive() throws {
    let before = RichModel.make()
    let after = try again(before)
    #expect(after.graphs.count == before.graphs.count)
    #expect(after.description == "")
    #expect(after.externalBufferGroups == before.externalBufferGroups)
    #expect(after.externalBuffers == before.externalBuffers)
    #expect(after.metadata?.map(\.name) == ["min_runtime_version", nil])
    #expect(after.metadata?[1].data.location == .inside)
    #expect(after.metadataBuffers?.map(\.byteCount) == [6, 0])
    #expect(after.signatures?.map(\.key) == ["serving_default", nil])
    #expect(after.signatures?[0].deprecatedTag == "old")
    #expect(after.signatures?[0].outputs?[0].name == nil)
    #expect(after.signatures?[0].outputs?[0].value == ValueID(1))
    #expect(after.signatures?[1].inputs == nil)
    #expect(after.signatures?[1].outputs?.count == 0)
    #expect(after.appendix == before.appendix)
    #expect(after.unknownParts.isEmpty)
  }

  @Test func withoutAnythingOptional() throws {
    let after = try again(SampleModel.loop())
    #expect(after.description == nil)
    #expect(after.metadata == nil)
    #expect(after.metadataBuffers == nil)
    #expect(after.signatures == nil)
    #expect(after.externalBufferGroups == nil)
    #expect(after.externalBuffers == nil)
    #expect(after.graphs[0].values[0].shapeSignature == nil)
    #expect(after.graphs[0].values[0].quantization == nil)
  }

  @Test func sharedBuffersStaySharedAndOthersApart() throws {
    let values = try again(RichModel.make()).graphs[0].values
    let sharing = values.filter { $0.data.bytes == [1, 2, 3, 4] && $0.data.location == .inside }
    #expect(sharing.count == 3)
    #expect(sharing.allSatisfy { $0.data === sharing[0].data })
    #expect(values[0].data === TensorData.none)
  }

  @Test func tablesKeepTheirOrderAndGrowAtTheEnd() throws {
    let model = try again(RichModel.make())
    #expect(model.operatorCodes.map(\.name) == ["ADD", "SOFTMAX", "My★Operator", "BUILTIN_500"])
    #expect(model.buffers.prefix(4).map(\.byteCount) == [0, 2, 0, 4])
    #expect(model.buffers[0] === TensorData.none)
  }

  @Test func oldReadersFindTheNarrowOperatorCode() throws {
    var model = SampleModel.chain()
    model.graphs[0].nodes[1].code = OperatorCode(BuiltinOperator(rawValue: 200))
    let contents = try FileContents(ModelFile.serialize(model, keepsAppendedData: true))
    guard case .records(let codes)? = contents.root["operator_codes"] else {
      Issue.record("no operator codes")
      return
    }
    #expect(codes.map { $0.integer("deprecated_builtin_code") } == [3, 127])
    #expect(codes.map { $0.integer("builtin_code") } == [3, 200])
  }

  @Test func comparisonSeesEveryChange() throws {
    let original = try ModelFile.serialize(RichModel.make(), keepsAppendedData: true)
    var model = RichModel.make()
    model.graphs[0].values[3].name = "renamed"
    model.graphs[0].nodes[0].inputs[1] = ValueID(4)
    model.signatures?[1].outputs = nil
    let differences = try FileContents.differences(
      between: original, and: ModelFile.serialize(model, keepsAppendedData: true))
    #expect(
      differences == [
        ".signature_defs[1].outputs", ".subgraphs[0].operators[0].inputs", ".subgraphs[0].tensors[3].name",
      ])
  }
}
