import Boards
import Foundation
import GraphIR
import Planning
import Runtimes
import Testing
import _TestSupport

@testable import Firmware

/// Programs whose outputs are inputs of the next inference.
@Suite(.enabled(if: Compiler.path != nil, "there is no C++ compiler"))
struct StateRendererTests {
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
    #expect(text.contains("int8_t state_0[model::kInput0ElementCount];"))
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

  @Test func programsCompile() throws {
    let compiler = try #require(Compiler.path)
    try TemporaryFolder.with { folder in
      for (number, memory) in [ArenaMemory.sram, .psram].enumerated() {
        var firmware = try Firmware(
          model(), fileBytes: 100, source: "model.tflite", name: try #require(SymbolName("model")),
          format: .espIDF, target: FirmwareTarget())
        firmware.arenaMemory = memory
        let place = "\(folder)/\(number)"
        for file in firmware.files(model: [0]) {
          let target = URL(filePath: "\(place)/\(file.path)")
          try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
          try Data(file.bytes).write(to: target)
        }
        let stubs = Samples.project.appending(path: "Tests/FirmwareTests/Stubs").path
        let result = try Compiler.run(
          compiler,
          [
            "-std=c++17", "-Wall", "-Wextra", "-Werror", "-I", stubs, "-fsyntax-only",
            "\(place)/main/main.cc",
          ])
        #expect(result.status == 0, "\(String(decoding: result.output, as: UTF8.self))")
      }
    }
  }
}
