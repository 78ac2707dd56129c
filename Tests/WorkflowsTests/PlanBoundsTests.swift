import Boards
import Runtimes
import Testing
import _TestSupport

@testable import GraphIR
@testable import Workflows

/// What a plan is held against: memories, reserves, flash, one arena for several models.
@Suite struct PlanBoundsTests {
  private func report(_ bounds: PlanBounds, regions: Bool = false) throws -> PlanReport {
    let runtime = RuntimeChoice(
      target: .cortexM(.reference), kernels: .reference, processor: "Cortex-M", comparesLibraries: false)
    return try PlanSession(
      model: SampleModels.chain(.abs, .neg), path: "m", alignment: 16, effort: .normal.with(states: 1000),
      runtime: runtime
    ).report(order: .optimal, bounds: bounds)
  }

  private func board(sram: Int, flash: Int? = nil, psram: Int = 0) -> Board {
    var board = Board(id: "b", name: "B", sramBytes: sram)
    board.flashBytes = flash
    board.psramBytes = psram
    return board
  }

  @Test func whatIsReservedIsNotTheArenas() throws {
    let need = try report(PlanBounds()).requestedBytes
    var bounds = PlanBounds(board: board(sram: need + 100))
    for (reserved, fits) in [(0, true), (100, true), (101, false), (1 << 40, false)] {
      bounds.reservedBytes = reserved
      #expect(try report(bounds).isWithinLimits == fits, "reserved \(reserved)")
    }
  }

  @Test func theArenaMayBeInExternalMemory() throws {
    let need = try report(PlanBounds()).requestedBytes
    var bounds = PlanBounds(board: board(sram: need - 1, psram: need))
    #expect(try !report(bounds).isWithinLimits)
    bounds.arenaMemory = .psram
    #expect(try report(bounds).isWithinLimits)
    bounds.board = board(sram: 1 << 20)
    #expect(try !report(bounds).isWithinLimits)
  }

  @Test func flashHoldsTheFileAndTheCode() throws {
    let flash = try #require(try report(PlanBounds(board: board(sram: 1 << 20, flash: 1 << 24))).flash)
    let code = try #require(flash.code)
    #expect(flash.fileBytes > 0 && code.low <= code.best && code.best <= code.high)
    #expect(flash.fit == .fits)
    for (bytes, verdict) in [
      (flash.requestedBytes - 1, FlashReport.Verdict.doesNotFit), (flash.requestedBytes, .probably),
      (flash.fileBytes + code.high, .fits),
    ] {
      let report = try report(PlanBounds(board: board(sram: 1 << 20, flash: bytes)))
      #expect(report.flash?.fit == (code.high == code.best && verdict == .probably ? .fits : verdict))
      #expect(report.isWithinLimits == (verdict != .doesNotFit))
    }
    var bounds = PlanBounds()
    bounds.flashBytes = flash.fileBytes
    #expect(try !report(bounds).isWithinLimits)
  }

  @Test func chipsWithoutFlashOfTheirOwnAreNotJudged() throws {
    let report = try report(PlanBounds(board: board(sram: 1 << 20, flash: 0)))
    #expect(report.flash?.fit == nil)
    #expect(report.isWithinLimits)
  }

  @Test func severalModelsShareTheLargestHead() throws {
    let reports = [try report(PlanBounds()), try report(PlanBounds())]
    let shared = try #require(SharedArena(reports))
    let one = try #require(reports[0].runtime?.planned.charge)
    #expect(shared.tailBytes == 2 * one.tailBytes)
    #expect(shared.arenaBytes == one.arenaBytes + one.tailBytes)
    #expect(shared.isWithinLimits(PlanBounds(board: board(sram: shared.arenaBytes))))
    #expect(!shared.isWithinLimits(PlanBounds(board: board(sram: shared.arenaBytes - 1))))
  }
}
