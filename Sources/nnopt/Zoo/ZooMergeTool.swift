import ArgumentParser
import Zoo

/// `nnopt zoo merge`: one zoo of several parts.
struct ZooMergeTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Put the parts of a zoo that several machines worked on into one.")

  @Argument(help: ArgumentHelp("The output folders of the parts.", valueName: "part"), completion: .directory)
  var parts: [String]

  @Option(help: ArgumentHelp("The folder of the whole zoo.", valueName: "folder"), completion: .directory)
  var out: String

  func run() throws {
    try Outcome.reportingErrors {
      let count = try Stoppable.run { stop in try ZooMerge.merge(parts, into: out, stop: stop) }
      Console.note("nnopt: \(count) results are in \(out)/\(ZooDatabase.fileName)")
    }
  }
}
