import Execution
import GraphIR
import Passes

/// The steps that `nnopt optimize` takes, from its options.
struct OptimizeSteps {
  let options: PassOptions
  /// nil where no step needs it.
  let calibration: SampleSet?
  let planner: DevicePlanner
  let threadCount: Int?
  let isSequence: Bool

  var steps: [PipelineStep] { preparations + rest }

  /// What leaves the model float.
  var preparations: [PipelineStep] {
    // First: pruning and quantization find more to do in a clean graph, and want constants apart.
    let first = PipelineStep(
      "clean-up", [.init("", CleanUp(unpacksWeights: options.changesWeights, mergesConstants: false))])
    // Before quantization, which the remaining weights are fitted in floats for. Pruning commonly comes
    // second, and finds the channels between the thin layers too.
    return [first] + (options.pruneFirst ? [prune, decompose] : [decompose, prune]).compactMap(\.self)
  }

  var rest: [PipelineStep] {
    [
      quantize,
      // What the passes before have left.
      PipelineStep("clean-up", [.init("", CleanUp())]),
      options.strip ? PipelineStep(Strip()) : nil,
      // Last: nothing may change behind the offsets.
      PipelineStep(PlanArena(planner)),
    ].compactMap(\.self)
  }

  private var decompose: PipelineStep? {
    guard let setting = options.decompose, let calibration else { return nil }
    let first = setting.error ?? 0.03
    return PipelineStep(
      LayerDecomposition.name,
      [first, first / 3, first / 10].map { budget in
        let settings = LayerDecomposition.Options(
          errorBudget: budget, goal: setting.goal, threadCount: threadCount)
        return .init("error \(Float(budget))", LayerDecomposition(settings, calibration: calibration))
      })
  }

  private var prune: PipelineStep? {
    switch options.prune {
    case nil: nil
    case .channels(let fraction):
      calibration.map { calibration in
        PipelineStep(
          ChannelPruning.name,
          [fraction, fraction * 2 / 3, fraction / 3].map { part in
            let settings = ChannelPruning.Options(
              fraction: part, refit: !options.noRefit, epochs: options.refitEpochs,
              stages: options.pruneStages, threadCount: threadCount)
            return .init(Self.percent(part), ChannelPruning(settings, calibration: calibration))
          })
      }
    case .magnitude(let fraction):
      PipelineStep(
        MagnitudePruning.name,
        [fraction, fraction / 2].map { .init(Self.percent($0), MagnitudePruning(fraction: $0)) })
    case .pattern(let kept, let of):
      PipelineStep(PatternPruning.name, [.init("\(kept):\(of)", PatternPruning(keeping: kept, of: of))])
    }
  }

  private static func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }

  private var quantize: PipelineStep? {
    switch options.quantize {
    case nil: return nil
    case .dynamic:
      return PipelineStep(
        "quantize",
        [
          .init(
            "dynamic",
            QuantizeWeights(
              .int8, roundingFor: options.rounding == .adaptive ? calibration : nil, threadCount: threadCount)
          ),
          .init("float16", QuantizeWeights(.float16)),
        ])
    case .float16: return PipelineStep("quantize", [.init("float16", QuantizeWeights(.float16))])
    case .int8, .int8Fallback:
      let gentler: [IntegerForm] =
        [
          IntegerForm(.int8, options.ranges, true, options.keepPrecise),
          IntegerForm(.int8, .best, true, options.keepPrecise),
        ] + [0.05, 0.2].map { IntegerForm(.int8, .best, true, .growth($0)) }
      return integers(
        [IntegerForm(.int8, options.ranges, options.perChannelDense, options.keepPrecise)] + gentler
          + [IntegerForm(.int16x8, options.ranges, true, nil)])
    case .int16x8:
      return integers([IntegerForm(.int16x8, options.ranges, options.perChannelDense, nil)])
    }
  }

  /// What tells one integer form of a model from another.
  private struct IntegerForm {
    let scheme: QuantizeIntegers.Scheme
    let ranges: RangeMethod
    let isPerChannelDense: Bool
    let keepsPrecise: PreciseBudget?

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
        scheme.rawValue, ranges == .minMax ? "" : "ranges \(ranges.rawValue)",
        isPerChannelDense ? "dense layers by channel" : "", keepsPrecise?.words ?? "",
      ]
      return words.filter { !$0.isEmpty }.joined(separator: ", ")
    }
  }

  private func integers(_ forms: [IntegerForm]) -> PipelineStep? {
    calibration.map { calibration in
      PipelineStep(
        "quantize",
        forms.map { form in
          var settings = QuantizeIntegers.Options()
          settings.scheme = form.scheme
          settings.rangeMethod = form.ranges
          settings.keepsFloatPorts = options.io == .float32
          settings.allowsFloatFallback = options.quantize == .int8Fallback
          settings.isFullyConnectedPerChannel = form.isPerChannelDense
          settings.keepsPrecise = form.keepsPrecise
          settings.rounding = options.rounding
          settings.equalizes = !options.noEqualization
          settings.isSequence = isSequence
          settings.threadCount = threadCount
          return .init(
            form.label,
            QuantizeIntegers(
              samples: options.calibrationSamples == nil
                ? calibration.prefix(PassOptions.quantizationSamples) : calibration, options: settings))
        })
    }
  }
}

extension PassOptions {
  /// Whether weights change, so that float16 ones are wanted as floats first.
  var changesWeights: Bool { prune != nil || decompose != nil || (quantize.map { $0 != .float16 } ?? false) }

  var needsCalibration: Bool {
    if case .channels = prune { return true }
    if decompose != nil || rounding == .adaptive { return true }
    return quantize?.needsCalibration ?? false
  }
}
