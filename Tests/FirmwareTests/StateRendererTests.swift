import Foundation
import GraphIR
import Planning
import Runtimes
import Testing
import _TestSupport

@testable import Firmware

/// Programs whose outputs are inputs of the next inference.
@Suite struct StateRendererTests {
  /// A step of a recurrent model: `y = x + h`, `h_out = −y`, and another state that is passed on late.
  private func model() -> Model {
    var builder = GraphBuilder()
    let inputs = ["x", "h_in"].map { builder.input($0, [1, 64]) }
    let values = ["y", "h_out"].map { builder.value($0, [1, 64]) }
    builder.node(.add, inputs, [values[0]])
    builder.node(.neg, [values[0]], [values[1]])
    builder.outputs(values)
    return Model(graphs: [builder.graph])
  }

  private func source(_ model: Model, states: [String]? = nil) throws -> String {
    let firmware = try Firmware(
      model, fileBytes: 100, source: "model.tflite", name: try #require(SymbolName("model")), format: .c,
      target: FirmwareTarget(), states: try states.map { try StatePorts(model, named: $0) })
    return ExampleRenderer(firmware: firmware).source
  }

  @Test func namesAreEnough() throws {
    let text = try source(model())
    #expect(text.contains("bool ResetState() {"))
    #expect(text.contains("return ResetState();"))
  }

  @Test func statesWithTwoAddressesAreCopied() throws {
    // Input 0 is still needed while output 0 is written: they never share an address without a plan.
    let text = try source(model(), states: ["x=y"])
    #expect(text.contains("float state_0[model::kInput0ElementCount];"))
    #expect(text.contains("memcpy(state_0, interpreter->output(0)->data.data, sizeof(state_0));"))
    #expect(text.contains("#include <string.h>"))
  }

  @Test func modelsWithoutStatesHaveNone() throws {
    let text = try source(model(), states: [])
    #expect(!text.contains("State") && !text.contains("string.h"))
  }

  @Test(arguments: [
    ("h_in=h_out", StatePair(input: 1, output: 1)), ("#1=#1", StatePair(input: 1, output: 1)),
    ("x=#0", StatePair(input: 0, output: 0)),
  ])
  func portsAreNamedOrNumbered(text: String, pair: StatePair) throws {
    #expect(try StatePorts(model(), named: [text]).pairs == [pair])
  }

  @Test(arguments: [["h_in"], ["h_in=x"], ["#2=#0"], ["=y"], ["h_in=y", "h_in=h_out"], [""]])
  func otherTextsAreRefused(texts: [String]) {
    #expect(throws: StatePorts.Problem.self) { try StatePorts(model(), named: texts) }
  }
}
