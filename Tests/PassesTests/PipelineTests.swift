import Testing
import _TestSupport

@testable import GraphIR
@testable import Passes

@Suite struct PipelineTests {
  /// Removes nodes from the end, as many as it says.
  private struct Shorten: Pass {
    static let name = "shorten"
    let count: Int

    func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
      guard count < model.graphs[0].nodes.count else { throw PassError(pass: Self.name, reason: "too short") }
      for _ in 0..<count {
        let last = model.graphs[0].nodes.removeLast()
        model.graphs[0].outputs = [last.inputs[0]]
        log.edited(Self.name, "end", "one less")
      }
    }
  }

  /// Changes the model without a word, or speaks without a change.
  private struct Silent: Pass {
    static let name = "silent"
    let isSilent: Bool

    func edit(_ model: inout Model, log: inout PassLog) {
      if isSilent { model.description = "changed" } else { log.edited(Self.name, "model", "nothing") }
    }
  }

  private struct Break: Pass {
    static let name = "break"

    func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
      model.graphs[0].outputs = [ValueID(99)]
      log.edited(Self.name, "output", "points nowhere")
    }
  }

  private static let model: Model = {
    var builder = GraphBuilder()
    var last = builder.input("x", [1, 4])
    for index in 0..<6 {
      let next = builder.value("y\(index)", [1, 4])
      builder.node(.relu, [last], [next])
      last = next
    }
    builder.outputs([last])
    return Model(graphs: [builder.graph])
  }()

  /// Each node is worth ten points.
  private static func measure(_ model: Model) -> ModelFigures {
    let count = model.graphs[0].nodes.count
    return ModelFigures(
      fileBytes: count, parameters: 0, macs: 0, peakBytes: 0, arenaBytes: 0, top1: Double(count) / 10)
  }

  private func run(_ counts: [Int], drop: Double?) throws -> Pipeline.Result {
    let step = PipelineStep("shorten", counts.map { .init("\($0)", Shorten(count: $0)) })
    return try Pipeline([step], maximumDrop: drop).run(on: Self.model, measure: Self.measure)
  }

  @Test func appliesWhatKeepsTheAccuracy() throws {
    let result = try run([2], drop: 0.25)
    #expect(result.records[0].outcome == .applied("2"))
    #expect(result.after.fileBytes == 4)
    #expect(result.before.fileBytes == 6)
  }

  /// 0.6 − 0.1 is 0.5 in doubles too.
  @Test func theWholeDropMayBeUsed() throws {
    let result = try run([1], drop: 0.1)
    #expect(result.records[0].outcome == .applied("1"))
    #expect(result.after.top1 == 0.6 - 0.1)
  }

  @Test func formsThatFailBehindOthersAreNoted() throws {
    let record = try run([4, 9], drop: 0.1).records[0]
    guard case .rolledBack(let tried) = record.outcome else {
      Issue.record("\(record.outcome)")
      return
    }
    #expect(tried.map(\.label) == ["4"])
    #expect(record.log.edits.isEmpty)
    #expect(record.log.refusals == [.init(rule: "shorten", place: "model", sentence: "9: too short")])
  }

  @Test func softensWhatCostsTooMuch() throws {
    let result = try run([4, 3, 1], drop: 0.15)
    guard case .softened("1", let tried) = result.records[0].outcome else {
      Issue.record("\(result.records[0].outcome)")
      return
    }
    #expect(tried.map(\.label) == ["4", "3"])
    #expect(result.after.fileBytes == 5)
  }

  @Test func takesBackWhatNoFormSaves() throws {
    let result = try run([4, 3], drop: 0.1)
    guard case .rolledBack(let tried) = result.records[0].outcome else {
      Issue.record("\(result.records[0].outcome)")
      return
    }
    #expect(tried.count == 2)
    #expect(result.model.graphs[0].nodes.count == 6)
    #expect(result.after == result.before)
  }

  @Test func nothingToDoIsSaid() throws {
    #expect(try run([0], drop: nil).records[0].outcome == .unchanged)
  }

  @Test func changesCountAndNotTheLog() throws {
    func run(_ isSilent: Bool) throws -> Pipeline.Result {
      try Pipeline([PipelineStep(Silent(isSilent: isSilent))], maximumDrop: nil)
        .run(on: Self.model, measure: Self.measure)
    }
    #expect(try run(true).records[0].outcome == .applied(""))
    #expect(try run(true).model.description == "changed")
    #expect(try run(false).records[0].outcome == .unchanged)
    #expect(try run(false).records[0].log.edits.count == 1)
  }

  @Test func passThatDoesNotTakeTheModelEndsAStrictRun() throws {
    #expect(throws: PassError.self) { try run([9], drop: nil) }
    let step = PipelineStep("shorten", [.init("9", Shorten(count: 9))])
    let result = try Pipeline([step], maximumDrop: nil, isStrict: false).run(
      on: Self.model, measure: Self.measure)
    guard case .refused = result.records[0].outcome else {
      Issue.record("\(result.records[0].outcome)")
      return
    }
  }

  @Test func passThatBreaksTheModelIsNamed() {
    #expect(throws: PassError.self) {
      try Pipeline([PipelineStep(Break())], maximumDrop: nil).run(on: Self.model, measure: Self.measure)
    }
  }
}
