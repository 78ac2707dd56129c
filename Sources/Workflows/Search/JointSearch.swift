import Execution
package import GraphIR
package import Passes

/// How a candidate is made of a model.
package struct SearchRecipe: Sendable {
  /// A step whose model other candidates begin with too.
  package struct Preparation: Sendable {
    /// The same for equal steps only.
    package let key: String
    package let step: PipelineStep
    /// Whether the candidate is another one's twin where the step finds nothing to do.
    package let mustChange: Bool

    package init(_ key: String, _ step: PipelineStep, mustChange: Bool) {
      self.key = key
      self.step = step
      self.mustChange = mustChange
    }
  }

  package let preparations: [Preparation]
  package let rest: [PipelineStep]

  package init(preparations: [Preparation], rest: [PipelineStep]) {
    self.preparations = preparations
    self.rest = rest
  }

  /// What the first preparations are called together.
  func key(depth: Int) -> String { preparations.prefix(depth).map(\.key).joined(separator: " → ") }
}

/// Tries sequences of passes and settings, batch by batch, and measures each; results do not depend on the
/// number of threads.
///
/// Candidates that begin with the same steps share the models behind these.
package struct JointSearch: Sendable {
  private let original: Model
  private let space: SearchSpace
  private let threadCount: Int
  private let recipe: @Sendable (SearchCandidate, Int) throws -> SearchRecipe
  private let measure: @Sendable (Model, Int) throws -> SearchFigures
  private var prepared: [String: Prepared] = [:]

  /// A float model, or why there is none.
  private typealias Prepared = Result<Model, any Error>

  /// Candidates between two looks at the front.
  static let batchSize = 8

  /// - Parameters:
  ///   - threadCount: threads to use at most.
  ///   - recipe: the steps of a candidate, with so many threads for each.
  ///   - measure: a model's figures, with so many threads; it runs on several threads itself.
  package init(
    _ original: Model, space: SearchSpace, threadCount: Int,
    recipe: @escaping @Sendable (SearchCandidate, Int) throws -> SearchRecipe,
    measure: @escaping @Sendable (Model, Int) throws -> SearchFigures
  ) {
    self.original = original
    self.space = space
    self.threadCount = max(threadCount, 1)
    self.recipe = recipe
    self.measure = measure
  }

  /// Goes on until `budget` candidates are measured, or the space is exhausted.
  ///
  /// - Parameters:
  ///   - willTry: hears a batch before it is tried.
  ///   - didTry: hears the state behind every batch.
  /// - Throws: what `didTry` throws; a candidate that cannot be made is an entry with a refusal.
  package mutating func run(
    _ state: inout SearchState, budget: Int, willTry: ([SearchCandidate]) -> Void,
    didTry: (SearchState) throws -> Void
  ) throws {
    while state.measuredCount < budget {
      let batch = space.next(min(Self.batchSize, budget - state.measuredCount), after: state)
      guard !batch.isEmpty else { break }
      willTry(batch)
      try prepare(batch)
      let (search, inner) = (self, threads(for: batch.count))
      state.add(
        runner(batch.count).map(
          count: batch.count, makeWorker: {},
          body: { _, index in search.entry(batch[index], threadCount: inner) }))
      try didTry(state)
    }
  }

  /// Makes a candidate's model again.
  ///
  /// - Throws: `PassError` where a pass does not take the model.
  package mutating func model(for candidate: SearchCandidate) throws -> Model {
    try prepare([candidate])
    return try finish(candidate, threadCount: threadCount)
  }

  private func runner(_ count: Int) -> ParallelRunner {
    ParallelRunner(threadCount: min(threadCount, max(count, 1)))
  }

  /// Threads for each of several works at once.
  private func threads(for count: Int) -> Int { max(1, threadCount / max(count, 1)) }

  /// Makes the models that the batch's candidates begin with, step by step.
  private mutating func prepare(_ batch: [SearchCandidate]) throws {
    let recipes = try batch.map { try recipe($0, 1) }
    let deepest = recipes.map(\.preparations.count).max() ?? 0
    for depth in stride(from: 1, through: deepest, by: 1) {
      var work: [(key: String, candidate: SearchCandidate)] = []
      for (candidate, recipe) in zip(batch, recipes) {
        let key = recipe.key(depth: depth)
        guard recipe.preparations.count >= depth, prepared[key] == nil else { continue }
        if !work.contains(where: { $0.key == key }) { work.append((key, candidate)) }
      }
      let (search, jobs, inner) = (self, work, threads(for: work.count))
      let made = runner(jobs.count).map(
        count: jobs.count, makeWorker: {},
        body: { _, index in
          Prepared { try search.prepared(jobs[index].candidate, depth: depth, threadCount: inner) }
        })
      for (job, model) in zip(jobs, made) { prepared[job.key] = model }
    }
  }

  private func prepared(
    _ candidate: SearchCandidate, depth: Int, threadCount: Int
  ) throws -> Model {
    let recipe = try recipe(candidate, threadCount)
    let start = try prepared[recipe.key(depth: depth - 1)]?.get() ?? original
    let preparation = recipe.preparations[depth - 1]
    let result = try Self.run([preparation.step], on: start)
    if preparation.mustChange, result.records.allSatisfy({ $0.outcome == .unchanged }) {
      throw PassError(pass: preparation.step.name, reason: "there is nothing to do")
    }
    return result.model
  }

  private func entry(
    _ candidate: SearchCandidate, threadCount: Int
  ) -> SearchState.Entry {
    do {
      let model = try finish(candidate, threadCount: threadCount)
      return SearchState.Entry(candidate, figures: try measure(model, threadCount))
    } catch {
      return SearchState.Entry(candidate, refusal: "\(error)")
    }
  }

  private func finish(
    _ candidate: SearchCandidate, threadCount: Int
  ) throws -> Model {
    let recipe = try recipe(candidate, threadCount)
    let start = try prepared[recipe.key(depth: recipe.preparations.count)]?.get() ?? original
    return try Self.run(recipe.rest, on: start).model
  }

  /// Runs steps as `nnopt optimize` does, without judging them.
  private static func run(_ steps: [PipelineStep], on model: Model) throws -> Pipeline.Result {
    let none = ModelFigures(
      fileBytes: 0, parameters: 0, macs: 0, peakBytes: 0, arenaBytes: 0, top1: nil)
    return try Pipeline(steps, maximumDrop: nil).run(on: model, measure: { _ in none })
  }
}
