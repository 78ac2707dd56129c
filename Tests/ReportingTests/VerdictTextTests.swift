import Boards
import Testing

@testable import Reporting

@Suite struct VerdictTextTests {
  private func lines(_ board: Board?, limit: Int? = nil) throws -> [String] {
    let report = try SampleReports.report(SampleReports.branches(), board: board, limitBytes: limit)
    return VerdictText(report: report, style: TerminalStyle(isColored: false, width: 120)).lines
  }

  private let persistent =
    "  the tensors alone need this; an interpreter such as TFLM adds its persistent data on top"

  @Test func fitsWithBytesToSpare() throws {
    #expect(
      try lines(SampleReports.board(1408)) == [
        "fits tiny (Tiny board): requested 1,408 bytes, available 1,408, 0 bytes to spare", persistent,
      ])
  }

  @Test func missesByTheseBytes() throws {
    #expect(
      try lines(SampleReports.board(1407)) == [
        "does not fit tiny (Tiny board): requested 1,408 bytes, available 1,407, missing 1",
        "  available is all SRAM, 1,407 B (1.4 KiB)", persistent,
      ])
  }

  @Test func namesTheMemoryThatIsTooSmall() throws {
    #expect(
      try lines(SampleReports.board(1024, of: 4096))[1]
        == "  available is the largest contiguous block an arena can use; SRAM in all: 4,096 B (4.0 KiB)")
    var unknown = Board(id: "b", name: "B", sramBytes: 1024)
    unknown.psramBytes = 8 << 20
    #expect(
      try lines(unknown)[1] == "  available is all SRAM, 1,024 B (1.0 KiB); how it is divided is not known, "
        + "and 8.0 MiB of slow external RAM")
  }

  @Test func namesTheCommandThatMakesItFit() throws {
    var report = try SampleReports.report(SampleReports.branches(), board: SampleReports.board(1_000))
    report.isForTFLM = true
    let lines = VerdictText(report: report, style: TerminalStyle(isColored: false, width: 40)).lines
    #expect(lines.contains("    nnopt optimize models/sample.tflite -o fit.tflite --fit --board tiny"))
  }

  @Test func comparesWithTheLimit() throws {
    let need = "requested 1,408 bytes in one block for the tensors' arena; "
    #expect(
      try lines(nil, limit: 1500) == [
        need + "name a board with --board to learn whether it fits",
        "within the limit: requested 1,408 bytes, allowed 1,500, 92 bytes to spare",
      ])
    #expect(
      try lines(nil, limit: 1000).last == "over the limit: requested 1,408 bytes, allowed 1,000, 408 too many"
    )
  }
}
