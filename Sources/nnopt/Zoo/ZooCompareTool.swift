import ArgumentParser
import Files
import Reporting
import Zoo

/// `nnopt zoo compare`: what got better and worse between two runs.
struct ZooCompareTool: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, markdown
  }

  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Say what got better and worse between two zoos.",
    usage: "nnopt zoo compare [<options>] <old> <new>",
    discussion: """
      A result is worse where its verdict is, where its arena is larger by more than --tolerance, or its accuracy lower \
      by more than --max-drop.

      EXIT CODES
        0  nothing got worse    1  bad input    4  something got worse    64  usage
      """)

  @Argument(
    help: ArgumentHelp("The output folder of the older run.", valueName: "old"), completion: .directory)
  var old: String

  @Argument(
    help: ArgumentHelp("The output folder of the newer run.", valueName: "new"), completion: .directory)
  var new: String

  @Option(help: ArgumentHelp("Bytes by which an arena may grow.", valueName: "bytes"))
  var tolerance: ByteSize?

  @Option(help: ArgumentHelp("Points of accuracy that may be lost.", valueName: "points"))
  var maxDrop = 0.0

  @Option(help: "How to print the result.")
  var format: Format = .text

  @Option(
    name: .shortAndLong, help: ArgumentHelp("A file for the result, not the screen.", valueName: "file"),
    completion: .file())
  var output: String?

  func validate() throws {
    guard maxDrop >= 0, maxDrop <= 100 else { throw ValidationError("--max-drop takes 0 to 100 points.") }
  }

  func run() throws { try Outcome.reportingErrors(compare) }

  private func compare() throws {
    let comparison = ZooComparison(
      try ZooDatabase(folder: old).rows(), try ZooDatabase(folder: new).rows(),
      toleranceBytes: tolerance?.bytes ?? 0,
      tolerancePoints: maxDrop)
    let renderer = ZooComparisonRenderer()
    let text =
      format == .markdown ? renderer.markdown(comparison) : renderer.text(comparison, style: Console.style)
    if let output {
      try AtomicFile.write(Array((text + "\n").utf8), to: output)
    } else {
      try Console.show(text)
    }
    if !comparison.regressions.isEmpty { throw Outcome.gotWorse }
  }
}
