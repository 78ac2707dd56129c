import ArgumentParser
import GraphIR
import Passes
import Planning
import Workflows

/// The options that let a plan compute layers a few rows at a time.
struct StripeOptions: ParsableArguments {
  @Flag(
    help:
      "Compute runs of layers a few rows at a time, in loops of standard operators, where that makes the arena smaller."
  )
  var stripes = false

  @Option(
    help: ArgumentHelp(
      "Multiply-accumulates that stripes may add, in parts of the model's: 5%, 0.05.", valueName: "part"))
  var maxExtraMacs = Part(value: 0.05, text: "5%")

  @Flag(help: "Of all stripes that fit the board or --fail-over, take those with the least extra work.")
  var stripesFit = false

  @Option(
    help: ArgumentHelp("Draw the arena against the extra work into an SVG file.", valueName: "file"),
    completion: .file(extensions: ["svg"]))
  var stripesSvg: String?

  /// A part of something: `5%`, `0.05`.
  struct Part: ExpressibleByArgument {
    let value: Double
    let text: String

    init(value: Double, text: String) { (self.value, self.text) = (value, text) }

    init?(argument: String) {
      let isPercent = argument.hasSuffix("%")
      guard let number = Double(isPercent ? String(argument.dropLast()) : argument), number.isFinite,
        number >= 0
      else { return nil }
      self.init(value: isPercent ? number / 100 : number, text: argument)
    }

    var defaultValueDescription: String { text }
    static let defaultCompletionKind = CompletionKind.default
  }

  var isAsked: Bool { stripes || stripesFit || stripesSvg != nil }

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
        extraWork: maxExtraMacs.value, fittingBytes: stripesFit ? bounds.fittingArenaBytes : nil))
    return try session.run(model, path: path)
  }
}
