import ArgumentParser
import Passes
import Workflows

/// The options of `nnopt optimize` and `nnopt plan` that a zoo's models get.
struct ZooChangeOptions: ParsableArguments {
  @OptionGroup var passes: PassOptions

  @Option(
    name: .customLong("data"),
    help: ArgumentHelp("Data to judge the accuracy with.", valueName: "[name=]file"))
  var files: [NamedPath] = []

  @Option(help: ArgumentHelp("True classes: .npy or CSV.", valueName: "file"), completion: .file())
  var labels: String?

  @OptionGroup var data: DataOptions

  @Option(help: ArgumentHelp("Points of top-1, or of agreement, that may be lost.", valueName: "points"))
  var maxDrop: Double?

  @Flag(help: "Do what harms least until the arena fits the board.")
  var fit = false

  @OptionGroup var memory: MemoryOptions

  @OptionGroup var runtimeOptions: RuntimeOptions

  /// - Throws: `ValidationError` for options that say how to optimize where nothing is optimized.
  func checkUse(isOptimizing: Bool) throws {
    guard !isOptimizing, let word = changeWords.first else { return }
    throw ValidationError("\(word) means something with --optimize only.")
  }

  private var changeWords: [String] {
    passes.words + files.flatMap { ["--data", $0.text] } + (labels.map { ["--labels", $0] } ?? [])
      + data.words
      + (maxDrop.map { ["--max-drop", "\($0)"] } ?? []) + (fit ? ["--fit"] : [])
  }

  func words(isOptimizing: Bool) -> [String] {
    (isOptimizing ? changeWords : []) + memory.words + runtimeOptions.words
  }
}
