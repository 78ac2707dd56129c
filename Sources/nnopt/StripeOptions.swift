import ArgumentParser
import Passes

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

  var options: StripeSearch.Options { StripeSearch.Options(extraWork: maxExtraMacs.value) }
}
