package import Datasets
import Firmware
import Foundation
import GraphIR
import ModelFiles
package import Passes
package import Planning

/// The steps that a recipe takes.
package struct RecipeSteps {
  let recipe: Recipe
  /// nil where no step needs it.
  let calibration: SampleSet?
  let planner: Planner<TFLMBuild>
  let threadCount: Int?
  let isSequence: Bool
  /// The memory of the board that the arena has to fit; nil where none is chosen.
  let boardArena: Int?
  /// Whether the model is quantized already, and only its weights can take fewer bits.
  let isStored: Bool

  package init(
    _ recipe: Recipe, calibration: SampleSet?, planner: Planner<TFLMBuild>, threadCount: Int?,
    isSequence: Bool, boardArena: Int? = nil, isStored: Bool = false
  ) {
    self.boardArena = boardArena
    self.isStored = isStored
    self.recipe = recipe
    self.calibration = calibration
    self.planner = planner
    self.threadCount = threadCount
    self.isSequence = isSequence
  }

  package var steps: [PipelineStep] { preparations + rest }

  /// What leaves the model float.
  var preparations: [PipelineStep] {
    // First: pruning and quantization find more to do in a clean graph, and want constants apart.
    let first = PipelineStep(
      "clean-up", [.init("", CleanUp(unpacksWeights: recipe.changesWeights, mergesConstants: false))])
    let restore = recipe.restoresFloats ? PipelineStep(RestoreFloats()) : nil
    // Before quantization, which the remaining weights are fitted in floats for. Pruning commonly comes
    // second, and finds the channels between the thin layers too.
    return [restore, first, PipelineStep(ConstantChannels())].compactMap(\.self)
      + (recipe.prunesFirst ? [prune, decompose] : [decompose, prune]).compactMap(\.self)
  }

  var rest: [PipelineStep] {
    [
      quantize,
      // Small weights have become zeros.
      recipe.quantization == nil ? nil : PipelineStep(ConstantChannels()),
      // What the passes before have left.
      PipelineStep("clean-up", [.init("", CleanUp())]),
      recipe.makesPortsIntegers ? PipelineStep(IntegerPorts()) : nil,
      // Behind all that looks at weights.
      compress,
      recipe.strips ? PipelineStep(Strip()) : nil,
      // Behind what renumbers graphs: what the file says of its loops would be lost.
      recipe.stripes.map(stripes),
      // Last: nothing may change behind the offsets.
      PipelineStep(PlanArena(planner)),
    ].compactMap(\.self)
  }

  private var decompose: PipelineStep? {
    guard let setting = recipe.decomposition, let calibration else { return nil }
    let first = setting.errorPercent.map { $0 / 100 } ?? 0.03
    return PipelineStep(
      LayerDecomposition.name,
      [first, first / 3, first / 10].map { budget in
        let settings = LayerDecomposition.Options(
          errorBudget: budget, goal: setting.goal, threadCount: threadCount)
        return .init("error \(Float(budget))", LayerDecomposition(settings, calibration: calibration))
      })
  }

  private var prune: PipelineStep? {
    switch recipe.pruning {
    case nil: return nil
    case .channels(let percent):
      let fraction = percent / 100
      return calibration.map { calibration in
        PipelineStep(
          ChannelPruning.name,
          [fraction, fraction * 2 / 3, fraction / 3].map { part in
            let settings = ChannelPruning.Options(
              fraction: part, refit: recipe.refits, epochs: recipe.refitEpochs,
              stages: recipe.pruneStages, threadCount: threadCount)
            return .init(Self.percent(part), ChannelPruning(settings, calibration: calibration))
          })
      }
    case .magnitude(let percent):
      let fraction = percent / 100
      return PipelineStep(
        MagnitudePruning.name,
        [fraction, fraction / 2].map { .init(Self.percent($0), MagnitudePruning(fraction: $0)) })
    case .pattern(let kept, let of):
      return PipelineStep(
        PatternPruning.name, [.init("\(kept):\(of)", PatternPruning(keeping: kept, of: of))])
    }
  }

  /// What changes weights has a form without loss for the case that it costs too much accuracy.
  private var compress: PipelineStep? {
    guard let settings = recipe.compression else { return nil }
    let methods = settings.method.isLossless ? [settings.method] : [settings.method, .auto]
    return PipelineStep(
      CompressWeights.name,
      methods.map { method in
        let pass = CompressWeights(
          method, weightBudget, planner: planner, fileBytes: { try? ModelFile.serialize($0).count })
        return .init(method.rawValue, pass)
      })
  }

  /// What weights that are decoded or unpacked may take.
  private var weightBudget: CompressionBudget {
    recipe.weightArenaGrowth.map(CompressionBudget.headGrowth) ?? boardArena.map(CompressionBudget.arena)
      ?? .headGrowth(0)
  }

  private func stripes(_ settings: Recipe.Stripes) -> PipelineStep {
    PipelineStep(
      StripeLayers(
        planner,
        StripeSearch.Options(
          extraWork: settings.extraPart, fittingBytes: settings.isOnlyToFit ? boardArena : nil,
          runtimeBefore: settings.runtimeBefore)))
  }

  private static func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }

  private var quantize: PipelineStep? {
    guard let settings = recipe.quantization else { return nil }
    switch settings.precision {
    // The floats were restored before.
    case .float32: return nil
    case .dynamic:
      let samples = settings.rounding == .adaptive ? calibration : nil
      return PipelineStep(
        "quantize",
        [
          .init("dynamic", QuantizeWeights(.int8, roundingFor: samples, threadCount: threadCount)),
          .init("float16", QuantizeWeights(.float16)),
        ])
    case .float16: return PipelineStep("quantize", [.init("float16", QuantizeWeights(.float16))])
    case .int8, .int8Fallback:
      let precise = settings.keepsPrecise
      let first = IntegerForm(.int8, settings.ranges, settings.isPerChannelDense, precise)
      let gentler = [
        IntegerForm(.int8, settings.ranges, true, precise), IntegerForm(.int8, .best, true, precise),
        IntegerForm(.int8, .best, true, .growth(0.05)), IntegerForm(.int8, .best, true, .growth(0.2)),
        IntegerForm(.int16x8, settings.ranges, true, nil),
      ]
      let narrow = settings.weights == .int4 ? Self.narrowRatios.map { first.narrow($0) } : []
      return integers(isStored && !narrow.isEmpty ? narrow : narrow + [first] + gentler, settings)
    case .int16x8:
      return integers([IntegerForm(.int16x8, settings.ranges, settings.isPerChannelDense, nil)], settings)
    }
  }

  /// 12, 18 and 24 dB.
  private static let narrowRatios = [16.0, 63, 250]

  /// What tells one integer form of a model from another.
  private struct IntegerForm {
    let scheme: QuantizeIntegers.Scheme
    let ranges: RangeMethod
    let isPerChannelDense: Bool
    let keepsPrecise: PreciseBudget?
    /// For 4-bit weights; nil for none.
    private(set) var narrowRatio: Double?

    /// The form with 4-bit weights where outputs stay so near.
    func narrow(_ ratio: Double) -> IntegerForm {
      var form = self
      form.narrowRatio = ratio
      return form
    }

    init(
      _ scheme: QuantizeIntegers.Scheme, _ ranges: RangeMethod, _ isPerChannelDense: Bool,
      _ keepsPrecise: PreciseBudget?
    ) {
      self.scheme = scheme
      self.ranges = ranges
      self.isPerChannelDense = isPerChannelDense
      self.keepsPrecise = keepsPrecise
    }

    var label: String {
      let words = [
        scheme.rawValue, narrowRatio.map { "int4 weights of \(Int((10 * log10($0)).rounded())) dB" } ?? "",
        ranges == .minMax ? "" : "ranges \(ranges.rawValue)",
        isPerChannelDense ? "dense layers by channel" : "", keepsPrecise?.words ?? "",
      ]
      return words.filter { !$0.isEmpty }.joined(separator: ", ")
    }
  }

  private func integers(_ forms: [IntegerForm], _ common: Recipe.Quantization) -> PipelineStep? {
    calibration.map { calibration in
      let samples =
        recipe.calibrationSamples == nil ? calibration.prefix(Recipe.quantizationSamples) : calibration
      return PipelineStep(
        "quantize",
        forms.map { form in
          var settings = QuantizeIntegers.Options()
          settings.scheme = form.scheme
          settings.rangeMethod = form.ranges
          settings.keepsFloatPorts = common.hasFloatPorts
          settings.allowsFloatFallback = common.precision == .int8Fallback
          settings.isFullyConnectedPerChannel = form.isPerChannelDense
          settings.keepsPrecise = form.keepsPrecise
          settings.refusalCount = { [target = planner.runtime.target] model in
            TFLMVerdict(model, on: target).warnings.count(where: \.isRefusal)
          }
          settings.rounding = form.narrowRatio == nil ? common.rounding : .adaptive
          settings.leastNarrowRatio = form.narrowRatio
          settings.equalizes = common.equalizes
          settings.isSequence = isSequence
          settings.threadCount = threadCount
          return .init(
            form.label,
            form.narrowRatio == nil
              ? QuantizeIntegers(samples: samples, options: settings)
              : QuantizeNarrow(
                samples: samples, options: settings, budget: weightBudget, planner: planner))
        })
    }
  }
}
