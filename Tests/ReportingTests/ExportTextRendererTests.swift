import Boards
import Firmware
import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Reporting

@Suite struct ExportTextRendererTests {
  @Test func everythingIsSaid() throws {
    let board = Board(id: "tiny", name: "Tiny", sramBytes: 64)
    let text = ExportTextRenderer(style: TerminalStyle(isColored: false)).render(
      try SampleExports.report(.relu, board: board))
    #expect(
      text.hasPrefix("m.tflite\n  C++ files for tiny, kernels reference, in out\n    main.cc  10 B\n"))
    #expect(text.contains("\nArena\n"))
    #expect(text.contains("  arena\n  does not fit 64 B on tiny: "))
    #expect(text.contains("\nOperators\n  AddRelu\n") && text.contains("\nNext\n  cmake -S out -B build "))
    #expect(text.contains("TFLM will answer wrongly: see the warnings."), "integers without a scale")
  }

  @Test func refusalsAreSaid() throws {
    let text = ExportTextRenderer(style: TerminalStyle(isColored: false)).render(
      try SampleExports.report(.gelu, board: nil))
    #expect(text.contains("TFLM will refuse this model: see the warnings."))
    #expect(text.contains("as no board was given"))
  }
}

enum SampleExports {
  static func report(_ builtin: BuiltinOperator, board: Board?) throws -> ExportReport {
    var builder = GraphBuilder()
    let x = builder.input("x", [4])
    let y = builder.value("y", [4])
    builder.node(builtin, [x], [y])
    builder.outputs([y])
    let firmware = try Firmware(
      Model(graphs: [builder.graph]), fileBytes: 10, source: "m.tflite", name: SymbolName(fileName: "m"),
      format: .c, target: board.map { FirmwareTarget(board: $0) } ?? FirmwareTarget())
    return ExportReport(
      path: "m.tflite", folder: "out", firmware: firmware, board: board,
      files: [.init(path: "main.cc", byteCount: 10)])
  }
}
