import ArgumentParser
import GraphIR
import Passes
import Planning
import Workflows

/// How layers are computed a few rows at a time.
struct StripeChoiceOptions: ParsableArguments {
  @Flag(
    name: .customLong("stripes"),
    help:
      "Compute runs of layers a few rows at a time, in loops of standard operators, where that makes the arena smaller."
  )
  var smallest = false

  @Option(
    help: ArgumentHelp(
      "Multiply-accumulates that stripes may add, in parts of the model's: 2%, 0.02 (default: 5%).",
      valueName: "part"))
  var maxExtraMacs: Part?

  @Flag(
    name: .customLong("stripes-fit"),
    help:
      "Of all stripes that fit the board (or what plan's --fail-over allows), take those with the least extra work; also --stripes fit."
  )
  var onlyToFit = false

  @Option(
    help: ArgumentHelp(
      "Stripes for TFLM from before a month, such as 2025-11, in which it got DYNAMIC_UPDATE_SLICE.",
      valueName: "month"))
  var tflmBefore: Month?

  /// A month: `2025-11`.
  struct Month: ExpressibleByArgument {
    let text: String

    init?(argument: String) {
      let parts = argument.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].count == 4, parts[1].count == 2, Int(parts[0]) ?? 0 > 0,
        (1...12).contains(Int(parts[1]) ?? 0)
      else { return nil }
      text = argument
    }

    static let defaultCompletionKind = CompletionKind.default
  }

  /// A part of something: `5%`, `0.05`.
  struct Part: ExpressibleByArgument {
    let value: Double

    init?(argument: String) {
      let isPercent = argument.hasSuffix("%")
      guard let number = Double(isPercent ? String(argument.dropLast()) : argument), number.isFinite,
        number >= 0
      else { return nil }
      value = isPercent ? number / 100 : number
    }

    static let defaultCompletionKind = CompletionKind.default
  }

  var extraPart: Double { maxExtraMacs?.value ?? Recipe.Stripes.defaultPart }

  /// nil where none are asked for.
  var stripes: Recipe.Stripes? {
    guard smallest || onlyToFit else { return nil }
    var result = Recipe.Stripes()
    result.extraPart = extraPart
    result.isOnlyToFit = onlyToFit
    result.runtimeBefore = tflmBefore?.text
    return result
  }

  /// - Parameter isAsked: whether stripes are looked for.
  /// - Throws: `ValidationError` for a limit of what nobody asked for.
  func requireUse(_ isAsked: Bool) throws {
    guard maxExtraMacs == nil || isAsked else {
      throw ValidationError("--max-extra-macs means something with --stripes only.")
    }
    guard tflmBefore == nil || isAsked else {
      throw ValidationError("--tflm-before means something with --stripes only.")
    }
  }

  /// - Throws: `ValidationError` where no memory is named that stripes could fit.
  func requireRoom(hasRoom: Bool, by name: String) throws {
    guard !onlyToFit || hasRoom else {
      throw ValidationError("--stripes fit needs \(name); --stripes alone looks for the smallest arena.")
    }
  }
}

/// The options that let a plan compute layers a few rows at a time.
struct StripeOptions: ParsableArguments {
  @OptionGroup var choice: StripeChoiceOptions

  @Option(
    help: ArgumentHelp("Draw the arena against the extra work into an SVG file.", valueName: "file"),
    completion: .file(extensions: ["svg"]))
  var stripesSvg: String?

  var isAsked: Bool { choice.stripes != nil || stripesSvg != nil }

  func validate() throws { try choice.requireUse(isAsked) }

  /// Looks for stripes where they are asked for.
  ///
  /// - Throws: `PlanFailure` where the model cannot be planned.
  func search(
    on model: Model, _ path: String, choice: RuntimeChoice, bounds: PlanBounds, effort: PlanningEffort
  ) throws -> StripeSession.Outcome? {
    guard isAsked else { return nil }
    let session = StripeSession(
      choice: choice, effort: effort,
      options: StripeSearch.Options(
        extraWork: self.choice.extraPart,
        fittingBytes: self.choice.onlyToFit ? bounds.fittingArenaBytes : nil,
        runtimeBefore: self.choice.tflmBefore?.text))
    return try session.run(model, path: path)
  }
}
