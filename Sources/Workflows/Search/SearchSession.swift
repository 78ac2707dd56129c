package import Datasets
package import Foundation
package import GraphIR
import Passes
package import Planning
package import Runtimes

/// A search for the best recipe of one model, which can be left and gone on with.
package struct SearchSession {
  private let original: Model
  private let gauge: SearchGauge
  private let fingerprint: String
  private var search: JointSearch

  /// What a search is made of.
  package struct Inputs {
    package let original: Model
    /// What every candidate shares.
    package let base: Recipe
    package let calibration: SampleSet
    package let test: ModelGauge.TestData
    package let planner: Planner<TFLMBuild>
    /// nil where no board is given.
    package let cost: CostModel?
    /// nil where what TFLM refuses does not matter.
    package let target: SearchGauge.Target?
    package let seed: UInt64
    package let threadCount: Int
    package let isSequence: Bool

    package init(
      original: Model, base: Recipe, calibration: SampleSet, test: ModelGauge.TestData,
      planner: Planner<TFLMBuild>, cost: CostModel?, target: SearchGauge.Target?, seed: UInt64,
      threadCount: Int,
      isSequence: Bool
    ) {
      self.original = original
      self.base = base
      self.calibration = calibration
      self.test = test
      self.planner = planner
      self.cost = cost
      self.target = target
      self.seed = seed
      self.threadCount = threadCount
      self.isSequence = isSequence
    }
  }

  /// - Parameter fingerprint: changes with everything that figures and order of the candidates depend on.
  package init(_ inputs: Inputs, fingerprint: String) {
    original = inputs.original
    self.fingerprint = fingerprint
    let optimization = Optimization(
      inputs.original, inputs.base, calibration: inputs.calibration, planner: inputs.planner,
      test: inputs.test)
    let gauge = SearchGauge(optimization.gauge, cost: inputs.cost, target: inputs.target)
    self.gauge = gauge
    let space = SearchSpace(
      seed: inputs.seed, hasFloatPorts: inputs.base.quantization?.hasFloatPorts ?? false,
      otherSamples: Self.otherSamples(inputs))
    let recipes = CandidateRecipes(inputs)
    search = JointSearch(
      inputs.original, space: space, threadCount: inputs.threadCount,
      recipe: { try recipes.steps(for: $0, threadCount: $1) },
      measure: { try gauge.figures(of: $0, threadCount: $1) })
  }

  /// Another number of samples to quantize with, where there are more than by default.
  private static func otherSamples(_ inputs: Inputs) -> Int? {
    guard inputs.base.calibrationSamples == nil, inputs.calibration.count > Recipe.quantizationSamples else {
      return nil
    }
    return min(inputs.calibration.count, Recipe.fittingSamples)
  }

  /// A search that has tried nothing yet.
  ///
  /// - Throws: where the model cannot be planned or run.
  package func newState() throws -> SearchState {
    SearchState(fingerprint: fingerprint, before: try gauge.figures(of: original))
  }

  /// A search that was left.
  ///
  /// - Throws: `SearchStateError` where the JSON is no state, is damaged, or belongs to another search.
  package func state(json: Data) throws(SearchStateError) -> SearchState {
    try SearchState(json: json, fingerprint: fingerprint)
  }

  /// Goes on until `budget` candidates are measured, or there are no more.
  ///
  /// - Parameters:
  ///   - willTry: hears a batch before it is tried.
  ///   - didTry: hears the state behind every batch.
  /// - Throws: what `didTry` throws.
  package mutating func run(
    _ state: inout SearchState, budget: Int, willTry: ([SearchCandidate]) -> Void,
    didTry: (SearchState) throws -> Void
  ) throws {
    try search.run(&state, budget: budget, willTry: willTry, didTry: didTry)
  }

  /// Makes a candidate's model again.
  ///
  /// - Throws: `PassError` where a pass does not take the model.
  package mutating func model(for candidate: SearchCandidate) throws -> Model {
    try search.model(for: candidate)
  }
}

/// The steps of candidates, those that others begin with too apart.
private struct CandidateRecipes: Sendable {
  private let base: Recipe
  private let calibration: SampleSet
  private let planner: Planner<TFLMBuild>
  private let isSequence: Bool

  init(_ inputs: SearchSession.Inputs) {
    base = inputs.base
    calibration = inputs.calibration
    planner = inputs.planner
    isSequence = inputs.isSequence
  }

  func steps(for candidate: SearchCandidate, threadCount: Int) throws -> SearchRecipe {
    let recipe = candidate.recipe(on: base)
    let samples = calibration.prefix(recipe.calibrationSamples ?? Recipe.fittingSamples)
    let steps = RecipeSteps(
      recipe, calibration: samples, planner: planner, threadCount: threadCount, isSequence: isSequence)
    let keys = candidate.preparations.map { "\($0.key), \(samples.count) samples" }
    let preparations = steps.preparations
    let first =
      (recipe.restoresFloats ? ["restore-floats"] : [])
      + ["clean-up \(recipe.changesWeights)", ConstantChannels.name]
    precondition(
      preparations.count == keys.count + first.count, "each preparation is a step behind the clean-up")
    return SearchRecipe(
      preparations: zip(first + keys, preparations).enumerated().map {
        SearchRecipe.Preparation($1.0, $1.1, mustChange: $0 >= first.count)
      }, rest: steps.rest)
  }
}
