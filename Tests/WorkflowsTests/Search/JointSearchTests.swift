import Passes
import Synchronization
import Testing
import _TestSupport

@testable import GraphIR
@testable import Workflows

@Suite struct JointSearchTests {
  /// Appends nodes, and counts how often it runs.
  private struct Lengthen: Pass {
    static let name = "lengthen"
    let count: Int
    let runs: Runs

    func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
      runs.count.withLock { $0 += 1 }
      guard count < 75 else { throw PassError(pass: Self.name, reason: "too long") }
      for _ in 0..<count {
        let last = model.graphs[0].outputs[0]
        model.graphs[0].values.append(Value(name: "y", dimensions: [1, 4], elementType: .int8))
        let next = ValueID(model.graphs[0].values.count - 1)
        model.graphs[0].nodes.append(
          Node(code: OperatorCode(.relu), inputs: last.map { [$0] } ?? [], outputs: [next]))
        model.graphs[0].outputs = [next]
        log.edited(Self.name, "end", "one more")
      }
    }
  }

  private final class Runs: Sendable {
    let count = Mutex(0)
  }

  private static let model: Model = {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 4])
    let output = builder.value("y", [1, 4])
    builder.node(.relu, [input], [output])
    builder.outputs([output])
    return Model(graphs: [builder.graph])
  }()

  /// As many nodes as percents; decomposition finds nothing to do.
  private static func recipe(_ candidate: SearchCandidate, _ runs: Runs) -> SearchRecipe {
    let preparations = candidate.preparations.map { preparation in
      let count = if case .prune(let percent) = preparation { percent } else { 0 }
      return SearchRecipe.Preparation(
        "\(preparation.key)", PipelineStep(Lengthen(count: count, runs: runs)), mustChange: true)
    }
    return SearchRecipe(preparations: preparations, rest: [])
  }

  private static func measure(_ model: Model) -> SearchFigures {
    let count = model.graphs[0].nodes.count
    return SampleSearch.figures(bytes: 500 - count, top1: 0.9 - Double(count * count) / 20_000)
  }

  private func search(threads: Int, seed: UInt64 = 1, _ runs: Runs = Runs()) -> JointSearch {
    JointSearch(
      Self.model, space: SearchSpace(seed: seed), threadCount: threads,
      recipe: { candidate, _ in Self.recipe(candidate, runs) }, measure: { model, _ in Self.measure(model) })
  }

  private func found(threads: Int, seed: UInt64 = 1, budget: Int = 40) throws -> SearchState {
    var state = SampleSearch.state()
    var search = search(threads: threads, seed: seed)
    try search.run(&state, budget: budget, willTry: { _ in }, didTry: { _ in })
    return state
  }

  @Test func threadsChangeNothing() throws {
    let one = try found(threads: 1)
    #expect(try one == found(threads: 2))
    #expect(try one == found(threads: 5))
    #expect(one.measuredCount == 40)
    #expect(try one != found(threads: 1, seed: 2))
  }

  @Test func resumedSearchFindsTheSame() throws {
    struct Interruption: Error {}
    let whole = try found(threads: 2)
    var saved: [SearchState] = []
    var first = search(threads: 2)
    var state = SampleSearch.state()
    #expect(throws: Interruption.self) {
      try first.run(
        &state, budget: 40, willTry: { _ in },
        didTry: {
          saved.append($0)
          if saved.count == 3 { throw Interruption() }
        })
    }
    var resumed = try SearchState(json: saved[2].encoded(), fingerprint: "f")
    var second = search(threads: 2)
    try second.run(&resumed, budget: 40, willTry: { _ in }, didTry: { _ in })
    #expect(resumed == whole)
  }

  @Test func sharedStepsRunOnce() throws {
    let runs = Runs()
    var search = search(threads: 2, runs)
    var state = SampleSearch.state()
    try search.run(&state, budget: 30, willTry: { _ in }, didTry: { _ in })
    let steps = Set(
      state.entries.flatMap { entry in
        entry.candidate.preparations.indices.map { depth in
          entry.candidate.preparations.prefix(depth + 1).map(\.key).joined(separator: " ")
        }
      })
    #expect(runs.count.withLock(\.self) <= steps.count)
    let count = runs.count.withLock(\.self)
    for percent in [10, 30] {
      #expect(try search.model(for: SampleSearch.pruned(percent)).graphs[0].nodes.count == percent + 1)
    }
    #expect(runs.count.withLock(\.self) <= count + 2)
  }

  @Test func refusedCandidatesSayWhyAndCostNothing() throws {
    let state = try found(threads: 2)
    let idle = state.entries.filter { $0.refusal?.contains("there is nothing to do") == true }
    #expect(!idle.isEmpty)
    #expect(idle.allSatisfy { $0.candidate.preparations.contains { !$0.isPruning } })
    #expect(state.entries.count > state.measuredCount)
  }

  @Test func exhaustedSpaceEndsTheSearch() throws {
    var state = SampleSearch.state()
    var search = JointSearch(
      Self.model, space: SearchSpace(seed: 1), threadCount: 2,
      recipe: { candidate, _ in Self.recipe(candidate, Runs()) },
      measure: { _, _ in throw PassError(pass: "measure", reason: "no") })
    try search.run(&state, budget: 1000, willTry: { _ in }, didTry: { _ in })
    #expect(state.measuredCount == 0)
    #expect(!state.entries.isEmpty && state.entries.allSatisfy { $0.refusal != nil })
  }
}
