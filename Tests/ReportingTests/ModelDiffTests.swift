import Foundation
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Reporting

@Suite struct ModelDiffTests {
  private func diff(_ before: Model, _ after: Model) -> ModelDiff {
    ModelDiff(before: .init(model: before, fileBytes: 100), after: .init(model: after, fileBytes: 90))
  }

  /// `x → CONV_2D → RELU → y`, or the two as one.
  private func convolution(isFused: Bool) -> Model {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 4, 4, 2])
    let filter = builder.constant("w", [2, 1, 1, 2])
    let middle = builder.value("sum", [1, 4, 4, 2])
    let output = builder.value("y", [1, 4, 4, 2])
    let options = Record(
      "Conv2DOptions", isFused ? [.init(name: "fused_activation_function", value: .integer(1))] : [])
    builder.node(.conv2D, [input, filter], [isFused ? output : middle], options: options)
    if !isFused { builder.node(.relu, [middle], [output]) }
    builder.outputs([output])
    return Model(graphs: [builder.graph])
  }

  private func kinds(_ diff: ModelDiff) -> [String] {
    diff.operators.map { "\($0.kind.rawValue) \(($0.before ?? $0.after)?.name ?? "")" }
  }

  @Test func aModelEqualsItself() {
    let model = SampleReports.branches()
    let result = diff(model, model)
    #expect(result.isEmpty)
    #expect(result.sentences == ["the models have equal content"])
    #expect(result.figures.first?.before == 100 && result.figures.first?.after == 90)
  }

  @Test func whatIsNotANumberEqualsItself() {
    var model = SampleReports.branches()
    model.graphs[0].values[0].quantization = Quantization(scales: [.nan], zeroPoints: [0])
    model.graphs[0].nodes[0].options = Node.Options(
      code: 1,
      record: Record("A", [.init(name: "a", value: .real(.nan)), .init(name: "b", value: .reals([.nan]))]))
    #expect(diff(model, model).isEmpty)
  }

  @Test func aFusedActivationIsFound() throws {
    let result = diff(convolution(isFused: false), convolution(isFused: true))
    #expect(kinds(result) == ["changed CONV_2D", "fused RELU"])
    let fused = try #require(result.operators.last)
    #expect(fused.after?.index == 0)
    #expect(result.operators.first?.details.map(\.what).contains("fused_activation_function") == true)
    #expect(result.sentences.first == "operators: 1 fused, 1 changed")
    let back = diff(convolution(isFused: true), convolution(isFused: false))
    #expect(kinds(back).contains("added RELU"))
  }

  /// `x → PAD → CONV_2D → MUL → ADD → y`, or all in CONV_2D.
  private func chain(isFolded: Bool) -> Model {
    var builder = GraphBuilder()
    let values = ["x", "padded", "raw", "scaled", "y"].map { builder.value($0, [1, 4, 4, 2]) }
    let constants = ["w", "pads", "scale", "offset"].map { builder.constant($0, [2, 1, 1, 2]) }
    let options = Record("Conv2DOptions", isFolded ? [] : [.init(name: "padding", value: .integer(1))])
    if !isFolded { builder.node(.pad, [values[0], constants[1]], [values[1]]) }
    builder.node(
      .conv2D, [values[isFolded ? 0 : 1], constants[0]], [values[isFolded ? 4 : 2]], options: options)
    if !isFolded {
      builder.node(.mul, [values[2], constants[2]], [values[3]])
      builder.node(.add, [values[3], constants[3]], [values[4]])
    }
    builder.outputs([values[4]])
    return Model(graphs: [builder.graph])
  }

  @Test func chainsAreFusedIntoOne() {
    let result = diff(chain(isFolded: false), chain(isFolded: true))
    #expect(kinds(result) == ["fused PAD", "changed CONV_2D", "fused MUL", "fused ADD"])
    #expect(result.operators.filter { $0.kind == .fused }.allSatisfy { $0.after?.name == "CONV_2D" })
  }

  @Test func absentListsEqualEmptyOnes() {
    var model = SampleReports.branches()
    let original = model
    model.graphs[0].nodes[0].mutatingVariableInputs = []
    model.graphs[0].nodes[0].intermediates = []
    #expect(diff(original, model).isEmpty)
    model.graphs[0].nodes[0].mutatingVariableInputs = [true]
    #expect(diff(original, model).operators.first?.details.map(\.what) == ["other fields"])
  }

  @Test func reorderedOperatorsAreFewest() {
    var model = SampleReports.branches()
    let original = model
    let node = model.graphs[0].nodes.remove(at: 2)
    model.graphs[0].nodes.insert(node, at: 1)
    #expect(kinds(diff(original, model)).filter { $0.hasPrefix("reordered") }.count == 1)
    #expect(kinds(diff(original, model)).count == 1)
  }

  @Test func replacedAndAddedOperatorsAreToldApart() {
    var model = SampleReports.branches()
    let original = model
    model.graphs[0].nodes[2].code = OperatorCode(.maxPool2D)
    #expect(kinds(diff(original, model)) == ["replaced AVERAGE_POOL_2D"])
    model = original
    let output = ValueID(model.graphs[0].values.count)
    model.graphs[0].values.append(Value(name: "more", dimensions: [1, 4, 4, 4], elementType: .int8))
    model.graphs[0].nodes.append(Node(code: OperatorCode(.logistic), inputs: [ValueID(6)], outputs: [output]))
    model.graphs[0].outputs = [output]
    let result = diff(original, model)
    #expect(kinds(result) == ["added LOGISTIC"])
    #expect(result.tensors.map(\.kind) == [.added])
    #expect(result.surroundings.map(\.what) == ["output 0"])
  }

  @Test func namesMayAllDiffer() {
    let result = diff(
      SampleReports.chain(6), SampleReports.chain(6, name: { "other\($0)" }))
    #expect(result.operators.isEmpty)
    #expect(result.tensors.count == 7 && result.tensors.allSatisfy { $0.details.map(\.what) == ["name"] })
    let shorter = diff(SampleReports.chain(6), SampleReports.chain(4, name: { _ in "" }))
    #expect(shorter.operators.filter { $0.kind == .removed || $0.kind == .fused }.count == 2)
  }

  @Test func tensorsAreComparedInEveryAspect() throws {
    var model = SampleReports.branches()
    let original = model
    model.graphs[0].values[2].elementType = .int16
    model.graphs[0].values[3].dimensions = [1, 8, 8, 10]
    model.graphs[0].values[4].quantization = Quantization(scales: [0.25], zeroPoints: [1])
    model.graphs[0].values[5].isVariable = true
    let details = diff(original, model).tensors.flatMap(\.details)
    #expect(details.map(\.what) == ["type", "shape", "quantization", "kind"])
    #expect(details[0] == ModelDiff.Change(what: "type", before: "int8", after: "int16"))
    #expect(details[2].after == "scale 0.25, zero point 1")
  }

  @Test func weightsAreComparedAsRealNumbers() throws {
    var model = SampleReports.branches()
    model.graphs[0].values[1].quantization = Quantization(scales: [0.5], zeroPoints: [0])
    model.graphs[0].values[1].data = TensorData([UInt8](repeating: 10, count: 20))
    let original = model
    var bytes = [UInt8](repeating: 10, count: 20)
    bytes[3] = 11
    model.graphs[0].values[1].data = TensorData(bytes)
    let change = try #require(diff(original, model).constants.first)
    #expect(abs(try #require(change.largestRelativeChange) - 0.1) < 1e-6)
    #expect(
      diff(original, model).sentences == [
        "weights: 1 constant changed, at most by 10.0 % of a constant's largest magnitude"
      ])
    model.graphs[0].values[1].data = TensorData([UInt8](repeating: 10, count: 20))
    #expect(diff(original, model).isEmpty)
  }

  @Test func surroundingsAreCompared() {
    var model = SampleReports.branches()
    let original = model
    model.description = "new"
    model.version = 4
    model.metadata = [.init(name: "a", data: TensorData([1])), .init(name: "a", data: TensorData([2]))]
    model.signatures = [
      .init(key: "s", graph: GraphID(0), inputs: [.init(name: "i", value: ValueID(0))], outputs: nil)
    ]
    model.graphs[0].name = "main"
    model.appendix = [1]
    let result = diff(original, model)
    #expect(
      result.surroundings.map(\.what) == [
        "name", "description", "schema version", "signatures", "metadata 'a'", "metadata 'a'",
        "bytes behind the model",
      ])
    #expect(diff(model, model).isEmpty)
  }

  @Test func graphsCanBeAddedAndLost() {
    var model = SampleReports.branches()
    let original = model
    model.graphs.append(SampleReports.chain(2).graphs[0])
    #expect(kinds(diff(original, model)) == ["added RELU", "added RELU"])
    #expect(kinds(diff(model, original)) == ["removed RELU", "removed RELU"])
  }

  @Test func differencesAreTheSameEveryTime() throws {
    let (before, after) = (SampleReports.branches(), convolution(isFused: false))
    let render = { try ModelDiffJSONRenderer().render(diff(before, after), before: "a", after: "b") }
    #expect(try render() == render())
  }
}
