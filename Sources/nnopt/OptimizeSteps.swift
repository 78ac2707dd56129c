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

  var steps: [PipelineStep] {
    [
      // First: pruning and quantization find more to do in a clean graph, and want constants apart.
      PipelineStep(
        "clean-up", [.init("", CleanUp(unpacksWeights: options.changesWeights, mergesConstants: false))]),
      // Before pruning, which finds the channels between the thin layers too.
      decompose,
      // Before quantization, which the remaining weights are fitted in floats for.
      prune,
      quantize,
      // What the passes before have left.
      PipelineStep("clean-up", [.init("", CleanUp())]),
      // Last: nothing may change behind the offsets.
      PipelineStep(PlanArena(planner)),
    ].compactMap(\.self)
  }

  private var decompose: PipelineStep? {
    guard let goal = options.decompose?.goal, let calibration else { return nil }
    return PipelineStep(
      LayerDecomposition.name,
      [0.03, 0.01, 0.003].map { budget in
        let settings = LayerDecomposition.Options(errorBudget: budget, goal: goal, threadCount: threadCount)
        return .init("error \(budget)", LayerDecomposition(settings, calibration: calibration))
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
              fraction: part, refit: !options.noRefit, threadCount: threadCount)
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
        "quantize", [.init("dynamic", QuantizeWeights(.int8)), .init("float16", QuantizeWeights(.float16))])
    case .float16: return PipelineStep("quantize", [.init("float16", QuantizeWeights(.float16))])
    case .int8, .int8Fallback:
      return integers([
        (.int8, options.ranges, options.perChannelDense), (.int8, options.ranges, true), (.int8, .best, true),
        (.int16x8, options.ranges, true),
      ])
    case .int16x8: return integers([(.int16x8, options.ranges, options.perChannelDense)])
    }
  }

  private func integers(
    _ forms: [(scheme: QuantizeIntegers.Scheme, ranges: RangeMethod, isPerChannelDense: Bool)]
  ) -> PipelineStep? {
    calibration.map { calibration in
      PipelineStep(
        "quantize",
        forms.map { scheme, ranges, isPerChannelDense in
          var settings = QuantizeIntegers.Options()
          settings.scheme = scheme
          settings.rangeMethod = ranges
          settings.keepsFloatPorts = options.io == .float32
          settings.allowsFloatFallback = options.quantize == .int8Fallback
          settings.isFullyConnectedPerChannel = isPerChannelDense
          settings.isSequence = isSequence
          settings.threadCount = threadCount
          let words = [
            scheme.rawValue, ranges == .minMax ? "" : "ranges \(ranges.rawValue)",
            isPerChannelDense ? "dense layers by channel" : "",
          ]
          return .init(
            words.filter { !$0.isEmpty }.joined(separator: ", "),
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
    if decompose != nil { return true }
    return quantize?.needsCalibration ?? false
  }
}
