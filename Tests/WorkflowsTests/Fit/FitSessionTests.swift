import Boards
import Datasets
import Execution
import GraphIR
import ModelFiles
import Passes
import Planning
import Runtimes
import Testing
import _TestSupport

@testable import Workflows

@Suite struct FitSessionTests {
  private func session(arena: Int, flash: Int? = nil) throws -> FitSession.Result {
    let path = try #require(OwnModels.paths.first { $0.contains("dscnn_float32") })
    let model = try ModelFile.read(path: path)
    let samples = try SampleSet.random(for: model, count: 4, seed: 3)
    var base = Recipe()
    base.refits = false
    let build = TFLMBuild(.cortexM(.reference), safeOn: [.reference])
    return try FitSession(
      FitSession.Inputs(
        original: model, ladder: FitLadder(base: base, hasSamples: true, isQuantizable: true),
        calibration: samples,
        test: ModelGauge.TestData(
          samples: { try SampleSet.random(for: $0, alike: model, count: 4, seed: 3) }, labels: nil,
          runner: ParallelRunner(threadCount: 2)),
        planner: Planner(for: build), limits: FitLimits(arenaBytes: arena, flashBytes: flash),
        maximumDrop: 100, threadCount: 2)
    ).run()
  }

  @Test func enoughMemoryTakesThePlanAlone() throws {
    let result = try session(arena: 1 << 20)
    #expect(result.attempts.count == 1 && result.model != nil)
    let figures = try #require(result.attempts[0].figures)
    #expect(figures.arenaBytes < result.before.arenaBytes)
  }

  @Test func stepsGoOnUntilItFits() throws {
    let planned = try #require(try session(arena: 1 << 20).attempts[0].figures?.arenaBytes)
    let striped = try session(arena: planned - 1)
    #expect(striped.attempts.last?.options == ["--stripes-fit"])
    #expect(striped.attempts.last?.neededRelease == "2025-11")
    let never = try session(arena: 1)
    let bytes = never.attempts.map { $0.figures?.arenaBytes ?? 0 }
    #expect(never.model == nil && bytes.count > 4)
    let integers = try session(arena: bytes[1] - 1)
    #expect(integers.model != nil && integers.attempts.last?.options.first == "--quantize")
    let pruned = try session(arena: min(bytes[2], bytes[3]) - 1)
    #expect(pruned.model != nil && pruned.attempts.last?.options.first == "--prune")
  }

  @Test func whatNeverFitsIsLeft() throws {
    let result = try session(arena: 1 << 20, flash: 100)
    #expect(result.model == nil)
    #expect(result.attempts.contains { $0.options == ["--strip"] })
    #expect(result.attempts.allSatisfy { ($0.shortage?.flashBytes ?? 1) > 0 })
  }
}
