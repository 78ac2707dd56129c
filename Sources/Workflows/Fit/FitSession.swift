package import Datasets
import Firmware
package import GraphIR
package import Passes
package import Planning
import Runtimes

/// Makes a model fit a board with as little harm as possible.
package struct FitSession {
  private let inputs: Inputs

  /// What a session is made of.
  package struct Inputs {
    package let original: Model
    package let ladder: FitLadder
    /// Samples that show which numbers occur; nil where there are none.
    package let calibration: SampleSet?
    /// What accuracy is judged on; nil where it is not.
    package let test: ModelGauge.TestData?
    package let planner: Planner<TFLMBuild>
    package let limits: FitLimits
    /// Points of accuracy that may be lost.
    package let maximumDrop: Double
    package let threadCount: Int?
    package let isSequence: Bool

    package init(
      original: Model, ladder: FitLadder, calibration: SampleSet?, test: ModelGauge.TestData?,
      planner: Planner<TFLMBuild>, limits: FitLimits, maximumDrop: Double, threadCount: Int? = nil,
      isSequence: Bool = false
    ) {
      self.original = original
      self.ladder = ladder
      self.calibration = calibration
      self.test = test
      self.planner = planner
      self.limits = limits
      self.maximumDrop = maximumDrop
      self.threadCount = threadCount
      self.isSequence = isSequence
    }
  }

  /// What came of a session.
  package struct Result {
    package let before: ModelFigures
    package let attempts: [FitAttempt]
    /// The model of the last attempt, where it fits and is accurate enough.
    package let model: Model?
  }

  package init(_ inputs: Inputs) { self.inputs = inputs }

  /// Climbs down the ladder until a model fits.
  ///
  /// - Parameter progress: hears what begins.
  /// - Throws: where the model cannot be planned or run as it is, or the data do not fit it.
  package func run(progress: (String) -> Void = { _ in }) throws -> Result {
    var before: ModelFigures?
    var attempts: [FitAttempt] = []
    var model: Model?
    while let recipe = inputs.ladder.next(after: attempts) {
      let name = recipe.options.isEmpty ? "clean-up and plan" : recipe.options.joined(separator: " ")
      do {
        let found = try result(of: recipe) { progress("\(name): \($0)") }
        before = before ?? found.before
        attempts.append(attempt(recipe, found))
        model = found.model
      } catch let error as PassError {
        attempts.append(FitAttempt(recipe, failure: "\(error)"))
      }
    }
    guard let before else {
      throw PassError(pass: "fit", reason: attempts.first?.failure ?? "nothing was tried")
    }
    let last = attempts.last
    let isFit = last?.isSmallEnough == true && last?.isAccurate(within: inputs.maximumDrop) == true
    return Result(before: before, attempts: attempts, model: isFit ? model : nil)
  }
}

extension FitSession {
  /// Steps are softened in whole models; of a pruned one the next rung is the other form.
  private func result(
    of recipe: Recipe, progress: (String) -> Void
  ) throws -> Pipeline.Result {
    let optimization = Optimization(
      inputs.original, recipe, calibration: inputs.calibration, planner: inputs.planner, test: inputs.test,
      threadCount: inputs.threadCount, isSequence: inputs.isSequence, boardArena: inputs.limits.arenaBytes)
    return try optimization.run(
      maximumDrop: recipe.pruning == nil && inputs.test != nil ? inputs.maximumDrop / 100 : nil,
      progress: progress)
  }

  private func attempt(_ recipe: Recipe, _ found: Pipeline.Result) -> FitAttempt {
    let verdict = TFLMVerdict(
      found.model, on: inputs.planner.runtime.target, processor: inputs.limits.processor)
    var lost: Double?
    if let old = found.before.top1, let new = found.after.top1 { lost = 100 * (old - new) }
    let softened = found.records.compactMap { record -> String? in
      switch record.outcome {
      case .softened(let label, _): "\(record.name) softened to \(label)"
      case .rolledBack: "\(record.name) taken back"
      default: nil
      }
    }
    let shortage = inputs.limits.shortage(of: found.after)
    var recipe = recipe
    // It fits without the stripes that were allowed.
    if shortage.isNone, StripeLoops(found.model) == nil { recipe.stripes = nil }
    return FitAttempt(
      recipe, figures: found.after, shortage: shortage,
      lostPoints: lost, refusal: verdict.obstacle.map(\.clause),
      neededRelease: OperatorArrivals.month(in: found.model),
      softening: softened.isEmpty ? nil : softened.joined(separator: ", "))
  }
}
