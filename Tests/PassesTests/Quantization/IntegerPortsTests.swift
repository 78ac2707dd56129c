import Execution
import Operators
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Passes

@Suite struct IntegerPortsTests {
  private static let parameters = Quantization(scales: [0.5], zeroPoints: [-3])

  /// x float32 → QUANTIZE → RELU → DEQUANTIZE → y float32.
  private func sample(readers: Int = 1, isInsideAnOutput: Bool = false) -> Model {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 4], .float32)
    let (a, b) = (builder.value("a", [1, 4], .int8), builder.value("b", [1, 4], .int8))
    let y = builder.value("y", [1, 4], .float32)
    builder.node(.quantize, [x], [a])
    builder.node(.relu, [a], [b])
    builder.node(.dequantize, [b], [y])
    for id in [a, b] { builder.quantize(id, Self.parameters) }
    var outputs = [y]
    for number in 1..<readers {
      let other = builder.value("z\(number)", [1, 4], .float32)
      builder.node(.neg, [x], [other])
      outputs.append(other)
    }
    builder.outputs(isInsideAnOutput ? outputs + [b] : outputs)
    return Model(graphs: [builder.graph])
  }

  private func changed(_ model: Model) throws -> (model: Model, log: PassLog) {
    var (result, log) = (model, PassLog())
    try IntegerPorts().run(on: &result, log: &log)
    return (result, log)
  }

  @Test func portsAreTheIntegersInside() throws {
    let (model, log) = try changed(sample())
    let graph = model.graphs[0]
    #expect(graph.nodes.map(\.code.builtin) == [.relu])
    for port in (graph.inputs + graph.outputs).compactMap(\.self) {
      #expect(graph[port].elementType == .int8)
      #expect(graph[port].quantization == Self.parameters)
    }
    #expect(graph.inputs.compactMap(\.self).map { graph[$0].name } == ["x"])
    #expect(graph.outputs.compactMap(\.self).map { graph[$0].name } == ["y"])
    #expect(log.edits.count == 2)
    let answers = try Session(Interpreter(model)).run([[UInt8](arrayLiteral: 0, 253, 5, 128)])
    #expect(answers == [[0, 253, 5, 253]])
  }

  @Test func aPortThatIsReadOtherwiseStays() throws {
    let (model, log) = try changed(sample(readers: 2))
    let graph = model.graphs[0]
    #expect(graph.inputs.compactMap(\.self).map { graph[$0].elementType } == [.float32])
    #expect(log.refusals.map(\.sentence) == ["several operators read it"])
    #expect(graph.nodes.map(\.code.builtin) == [.quantize, .relu, .neg])
  }

  @Test func integersThatAreAPortThemselvesStay() throws {
    let (model, log) = try changed(sample(isInsideAnOutput: true))
    #expect(model.graphs[0].nodes.map(\.code.builtin) == [.relu, .dequantize])
    #expect(log.refusals.count == 1)
  }

  @Test func nothingToChangeIsNoChange() throws {
    var (model, log) = (SampleModels.chain(.relu, .neg), PassLog())
    let change = try IntegerPorts().run(on: &model, log: &log)
    #expect(change == .unchanged)
  }
}
