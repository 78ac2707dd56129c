import ArgumentParser
import Passes
import Workflows

/// The options of `nnopt optimize --search`.
struct SearchOptions: ParsableArguments {
  @Flag(
    name: .customLong("search"),
    help: "Try sequences of passes and settings, and keep those that no other one is better than.")
  var isOn = false

  @Option(
    help: ArgumentHelp("How many sequences are measured (default: \(defaultBudget)).", valueName: "N"))
  var searchBudget: Int?

  @Option(
    help: ArgumentHelp(
      "Keep what is found in a file, and go on from there where it exists.", valueName: "file"),
    completion: .file())
  var resume: String?

  @Option(
    help: ArgumentHelp(
      "Which sequence's model is written: the smallest file, the smallest arena or the fastest within --max-drop (default: 1 point), or the most accurate (default: size).",
      valueName: "size|arena|accuracy|speed"))
  var prefer: SearchGoal?

  @Option(
    help: ArgumentHelp(
      "Write the model of every sequence that no other one is better than into a folder, numbered as in the report.",
      valueName: "folder"),
    completion: .directory)
  var front: String?

  @Option(
    help: ArgumentHelp("Draw size and accuracy into an SVG file.", valueName: "file"),
    completion: .file(extensions: ["svg"]))
  var svg: String?

  static let defaultBudget = 128
  static let defaultDrop = 1.0

  /// Every file that the front may write: it has at most one model for each sequence.
  var frontPaths: [String] {
    front.map { folder in
      (0...(searchBudget ?? Self.defaultBudget)).map { "\(folder)/\(SearchReport.fileName($0))" }
    } ?? []
  }

  func validate() throws {
    guard searchBudget.map({ (1...100_000).contains($0) }) ?? true else {
      throw ValidationError("--search-budget takes 1 to 100,000.")
    }
    let isUsed = searchBudget != nil || prefer != nil || [resume, front, svg].contains { $0 != nil }
    guard isOn || !isUsed else {
      throw ValidationError(
        "--search-budget, --resume, --prefer, --front and --svg mean nothing without --search.")
    }
  }
}

extension SearchGoal: ExpressibleByArgument {}

extension PassOptions {
  /// - Throws: `ValidationError` where an option is given that a search chooses itself.
  func requireNoneChosen(by chooser: String) throws {
    let given: [(name: String, isGiven: Bool)] = [
      ("--prune", prune != nil), ("--quantize", quantize != nil), ("--decompose", decompose != nil),
      ("--ranges", ranges != .minMax), ("--per-channel-dense", perChannelDense),
      ("--no-equalization", noEqualization), ("--prune-first", pruneFirst),
      ("--rounding", rounding != .nearest), ("--weights", weights != .int8),
      ("--keep-precise", keepPrecise != nil),
      ("--compress", compress != nil),
      ("--stripes", stripeOptions.stripes != nil && (chooser == "--fit" || stripeOptions.onlyToFit)),
    ]
    if let first = given.first(where: \.isGiven) {
      throw ValidationError("\(first.name) is what \(chooser) chooses: leave one of both away.")
    }
  }

  /// - Throws: `ValidationError` where an option is given without the one that it says something about; those that a
  /// search's commands repeat are let through.
  func requirePartners() throws {
    let isInteger = quantize?.isInteger ?? false
    let given: [(name: String, isGiven: Bool, partner: String, isThere: Bool)] = [
      ("--ranges", ranges != .minMax, "--quantize int8, int8-fallback or int16x8", isInteger),
      ("--per-channel-dense", perChannelDense, "--quantize int8, int8-fallback or int16x8", isInteger),
      ("--no-equalization", noEqualization, "--quantize int8, int8-fallback or int16x8", isInteger),
      ("--prune-first", pruneFirst, "--prune and --decompose", prune != nil && decompose != nil),
    ]
    if let lonely = given.first(where: { $0.isGiven && !$0.isThere }) {
      throw ValidationError("\(lonely.name) means something with \(lonely.partner) only.")
    }
  }
}
