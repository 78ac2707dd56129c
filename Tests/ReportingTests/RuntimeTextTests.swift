import GraphIR
import MemoryPlanning
import Runtimes
import Testing
import Workflows
import _TestSupport

@testable import Passes
@testable import Reporting

@Suite struct RuntimeTextTests {
  private func text(_ kernels: KernelLibrary?, comparesLibraries: Bool) throws -> String {
    let choice = RuntimeChoice(
      target: .cortexM(kernels ?? .reference), kernels: kernels, processor: "a board",
      comparesLibraries: comparesLibraries)
    let report = try PlanSession(
      model: SampleReports.chain(6, bytes: { _ in 64 }), path: "m.tflite", alignment: 16,
      effort: .normal.with(states: 100),
      runtime: choice
    ).report(order: .optimal, board: nil, limitBytes: nil)
    return RuntimeText(report: report, style: TerminalStyle(isColored: false, width: 100)).lines.joined(
      separator: "\n")
  }

  @Test func everyLibraryHasARowAndTheChosenOneIsMarked() throws {
    let text = try text(.cmsisNN, comparesLibraries: true)
    #expect(text.contains("TFLM's arena, head and tail (a board)"))
    #expect(text.contains("▸  cmsis-nn  "))
    #expect(text.contains("reference (32-bit)"))
    #expect(!text.contains("safe on any"))
    #expect(text.contains("proved: no order and offsets"))
  }

  @Test func planForAnyKernelsIsARowOfItsOwn() throws {
    let text = try text(nil, comparesLibraries: false)
    #expect(text.contains("▸  safe on any"))
    #expect(!text.contains("esp-nn"))
  }
}
