import ArgumentParser
import Boards
import Reporting

/// `nnopt boards`: the board table.
struct Boards: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the boards that 'nnopt plan --board' knows.",
    discussion: """
      EXAMPLES
        nnopt boards
        nnopt boards stm32h7
        nnopt boards --boards my.csv --json
      """)

  @Argument(
    help: ArgumentHelp("Show boards whose id, name, chip or core contains it.", valueName: "text"),
    completion: BoardOptions.completion)
  var text = ""

  @OptionGroup var boards: BoardOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try Outcome.reportingErrors {
      let matches = try boards.table().filtered(by: text)
      if json {
        try Console.show(BoardsJSONRenderer().render(matches))
      } else {
        try Console.show(BoardsTextRenderer(style: Console.style).render(matches))
      }
      if matches.isEmpty {
        Console.error("no board matches '\(text)'; 'nnopt boards' lists all")
        throw Outcome.badInput
      }
    }
  }
}
