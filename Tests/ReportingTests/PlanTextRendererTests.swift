import Boards
import GraphIR
import Testing
import _TestSupport

@testable import Reporting

@Suite struct PlanTextRendererTests {
  private let plain = TerminalStyle(isColored: false, width: 80)

  @Test func reportOnAModelThatDoesNotFit() throws {
    let report = try SampleReports.report(
      SampleReports.branches(), board: SampleReports.board(1024, of: 4096))
    let expected = """
      models/sample.tflite
        5 operators: 2 AVERAGE_POOL_2D, 2 CONV_2D, 1 ADD
        20 parameters, 20 B of constants, 2,560 MACs
        input   image  1×8×8×1  int8  (q + 1) · 0.5
        output  sum    1×4×4×4  int8

      Peak SRAM by execution order
           file           2,624 B  2.6 KiB                     ██████████████
           breadth-first  2,624 B  2.6 KiB                     ██████████████
           depth-first    1,408 B  1.4 KiB  −1,216 B  −46.3 %  ███████▌
           greedy         1,408 B  1.4 KiB  −1,216 B  −46.3 %  ███████▌
        ▸  optimal        1,408 B  1.4 KiB  −1,216 B  −46.3 %  ███████▌
        proved: no execution order has a lower peak (lower bound 1,408 B, 322 states
        searched, 0.005 s)
        arena: 1,408 B (1.4 KiB) at 16-byte alignment, offsets reach the live peak

      What makes the peak: step 1, operator 2 (AVERAGE_POOL_2D)
        A  1,280 B  90.9 %  input   0–1  left/expand  1×8×8×20  int8
        B     64 B   4.5 %  held    0–2  image        1×8×8×1   int8
        C     64 B   4.5 %  output  1–4  left/reduce  1×4×4×4   int8

      Live bytes at each step
                           ▼ peak 1,408 B (1.4 KiB), step 1
          1.4 KiB │▄▄▄▄▄▄▄▄████████████████████████
                  │████████████████████████████████
          1.0 KiB ┼████████████████████████████████╌╌╌╌╌╌╌╌
                  │████████████████████████████████
                  │████████████████████████████████
            704 B │████████████████████████████████
                  │████████████████████████████████
                  │████████████████████████████████
                  │████████████████████████████████▃▃▃▃▃▃▃▃
                  │████████████████████████████████████████
              0 B └┴───────────────┴───────────────┴───────
                   0               2               4
                   ╌╌ tiny 1.0 KiB

      Arena: steps across, addresses up; letters from above, and other large tensors
          1.4 KiB │        C▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
                  │A░░░░░░░░░░░░░░░D▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
                  │░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
                  │░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
                  │░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
                  │░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
            704 B │░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
                  │░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
                  │░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
                  │░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
                  │░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
                  │B▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓E░░░░░░░░░░░░░░░
              0 B └┴───────────────┴───────────────┴───────
                   0               2               4
                   D  1,280 B  at 64  steps 2–3  right/expand
                   E     64 B  at 0   steps 3–4  right/reduce
                   F     64 B  at 64  step 4     sum

      does not fit tiny (Tiny board):
        requested 1,408 bytes, available 1,024, missing 384
        available is the largest contiguous block an arena can use; SRAM in all: 4,096
        B (4.0 KiB)
        the tensors alone need this; an interpreter such as TFLM adds its persistent
        data on top
      """
    #expect(PlanTextRenderer(style: plain).render(report) == expected)
  }

  @Test func reportInASCII() throws {
    let report = try SampleReports.report(
      SampleReports.branches(), order: .file, board: SampleReports.board(3000), limitBytes: 2900)
    let expected = """
      models/sample.tflite
        5 operators: 2 AVERAGE_POOL_2D, 2 CONV_2D, 1 ADD
        20 parameters, 20 B of constants, 2,560 MACs
        input   image  1x8x8x1  int8  (q + 1) * 0.5
        output  sum    1x4x4x4  int8

      Peak SRAM by execution order
        >  file           2,624 B  2.6 KiB
           breadth-first  2,624 B  2.6 KiB
           depth-first    1,408 B  1.4 KiB  -1,216 B  -46.3 %
           greedy         1,408 B  1.4 KiB  -1,216 B  -46.3 %
           optimal        1,408 B  1.4 KiB  -1,216 B  -46.3 %
        planned in the order "file": 86.4 % above the lower bound
        of all orders, 1,408 B
        arena: 2,624 B (2.6 KiB) at 16-byte alignment, offsets
        reach the live peak

      What makes the peak: step 1, operator 1 (CONV_2D)
        A  1,280 B  48.8 %  held    0-2  ~ft/expand  1x8x8x20  int8
        B  1,280 B  48.8 %  output  1-3  ~ht/expand  1x8x8x20  int8
        C     64 B   2.4 %  input   0-1  image       1x8x8x1   int8

      Live bytes at each step
                           v peak 2,624 B (2.6 KiB), step 1
          2.9 KiB +----------------------------------------
                  |        ::::::::::::::::
                  |        ################
                  |        ################
                  |        ################
          1.5 KiB |........################::::::::
                  |################################
                  |################################
                  |################################
                  |################################::::::::
              0 B ++---------------+---------------+-------
                   0               2               4
                   -- tiny 2.9 KiB
                   -- limit 2.8 KiB

      Arena: steps across, addresses up; letters from above, and other large tensors
          2.6 KiB |        B:::::::::::::::::::::::
                  |        ::::::::::::::::::::::::
                  |        ::::::::::::::::::::::::
                  |        ::::::::::::::::::::::::
                  |        ::::::::::::::::::::::::
                  |        ::::::::::::::::::::::::
          1.3 KiB |A.......................
                  |........................
                  |........................
                  |........................
                  |........................
                  |........................D:::::::::::::::
              0 B ++---------------+---------------+-------
                   0               2               4
                   D  64 B  at 0    steps 2-4  left/reduce
                   E  64 B  at 64   steps 3-4  right/reduce
                   F  64 B  at 128  step 4     sum

      fits tiny (Tiny board):
        requested 2,624 bytes, available 3,000, 376 bytes to spare
        the tensors alone need this; an interpreter such as TFLM
        adds its persistent data on top
      within the limit:
        requested 2,624 bytes, allowed 2,900, 276 bytes to spare
      """
    let style = TerminalStyle(isColored: false, width: 60, isASCII: true)
    #expect(PlanTextRenderer(style: style).render(report) == expected)
  }

  @Test func reportOnAModelWithoutOperators() throws {
    let report = try SampleReports.report(SampleReports.chain(0))
    let expected = """
      models/sample.tflite
        0 operators
        0 parameters, 0 B of constants, 0 MACs
        input   t0  16  int8
        output  t0  16  int8

      Peak SRAM by execution order
           file           16 B  ██████████████
           breadth-first  16 B  ██████████████
           depth-first    16 B  ██████████████
           greedy         16 B  ██████████████
        ▸  optimal        16 B  ██████████████
        proved: no execution order has a lower peak (lower bound 16 B, 322 states
        searched, 0.005 s)
        arena: 16 B at 16-byte alignment, offsets reach the live peak

      Arena: steps across, addresses up
             16 B │A░░░░░░░
                  │░░░░░░░░
                  │░░░░░░░░
                  │░░░░░░░░
                  │░░░░░░░░
                  │░░░░░░░░
              8 B │░░░░░░░░
                  │░░░░░░░░
                  │░░░░░░░░
                  │░░░░░░░░
                  │░░░░░░░░
                  │░░░░░░░░
              0 B └┴───────
                   0
                   A  16 B  at 0  step 0  t0

      requested 16 bytes in one block for the tensors' arena; name a board with
      --board to learn whether it fits
      """
    #expect(PlanTextRenderer(style: plain).render(report) == expected)
  }

  @Test func coloursAppearOnlyWhereWanted() throws {
    let report = try SampleReports.report(
      SampleReports.branches(), board: SampleReports.board(1024), limitBytes: 2000)
    let text = PlanTextRenderer(style: plain).render(report)
    #expect(!text.contains("\u{1B}"))
    let colored = PlanTextRenderer(style: TerminalStyle(isColored: true, width: 80)).render(report)
    #expect(colored.contains("\u{1B}[1;31mdoes not fit tiny (Tiny board)"))
    #expect(Self.withoutColours(colored) == text)
  }

  @Test func namesFromFilesCannotSteerTheTerminal() throws {
    let report = try SampleReports.report(
      SampleReports.chain(3, name: { _ in SampleReports.hostileName }), path: SampleReports.hostileName)
    for isASCII in [false, true] {
      let style = TerminalStyle(isColored: false, width: 100, isASCII: isASCII)
      let text = PlanTextRenderer(style: style).render(report)
      #expect(!SampleReports.hasControls(text))
      #expect(!isASCII || text.utf8.allSatisfy { $0 < 128 })
    }
  }

  @Test(arguments: [0, 1, 2, 30, 85, 86, 400], [40, 80, 200])
  func linesFitTheTerminal(operators: Int, width: Int) throws {
    let report = try SampleReports.report(
      SampleReports.chain(operators, name: { "model/layer_\($0)/Relu" }), board: SampleReports.board(100))
    let style = TerminalStyle(isColored: false, width: width)
    let lines = PlanTextRenderer(style: style).render(report).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 70)
    #expect(lines.allSatisfy { $0.last != " " })
    if width >= 80 { #expect(lines.allSatisfy { $0.count <= width }) }
  }

  @Test func manyTensorsAtThePeakAreSummedUp() throws {
    var builder = GraphBuilder()
    let input = builder.input("x", [16])
    let parts = (0..<12).map { builder.value("part \($0)", [32]) }
    for part in parts { builder.node(.relu, [input], [part]) }
    let all = builder.value("all", [384])
    builder.node(.concatenation, parts, [all])
    builder.outputs([all])
    let text = PlanTextRenderer(style: plain).render(
      try SampleReports.report(Model(graphs: [builder.graph])))
    #expect(text.contains("  A  384 B  50.0 %  output  12"))
    #expect(text.contains("     160 B  20.8 %                and 5 more"))
  }

  @Test func tensorsWithoutBytesAndModelsWithoutGraphsAreFine() throws {
    let empty = try SampleReports.report(SampleReports.chain(2, bytes: { _ in 0 }))
    let text = PlanTextRenderer(style: plain).render(empty)
    #expect(text.contains("requested 0 bytes"))
    #expect(!text.contains("Live bytes"))
    let none = PlanTextRenderer(style: plain).render(
      try SampleReports.report(Model(graphs: [GraphBuilder().graph])))
    #expect(none.contains("  0 operators\n"))
  }

  private static func withoutColours(_ text: String) -> String {
    var result = ""
    var isCode = false
    for character in text {
      if character == "\u{1B}" { isCode = true }
      if !isCode { result.append(character) }
      if character == "m" { isCode = false }
    }
    return result
  }
}
