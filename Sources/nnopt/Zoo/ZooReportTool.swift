import ArgumentParser
import Files
import Reporting
import Zoo

/// `nnopt zoo report`: what a database says, without looking at any model.
struct ZooReportTool: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, markdown, csv, jsonl, html, junit
  }

  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Show the results of a zoo, from its database alone.")

  @Argument(help: ArgumentHelp("The output folder of 'nnopt zoo'.", valueName: "zoo"), completion: .directory)
  var folder: String

  @Option(help: "How to show them.")
  var format: Format = .text

  @Option(
    name: .shortAndLong, help: ArgumentHelp("A file for the report, not the screen.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Also models that were gone when the zoo was last looked at.")
  var vanished = false

  @Option(
    help: ArgumentHelp(
      "Write node data for Google's Model Explorer into a folder: a file for each model.", valueName: "folder"
    ),
    completion: .directory)
  var modelExplorer: String?

  func run() throws { try Outcome.reportingErrors(report) }

  private func report() throws {
    let database = try ZooDatabase(folder: folder)
    let rows = try database.rows().filter { vanished || !$0.isVanished }
    let sheet = ZooSheet(rows: rows, boards: try database.boards())
    if let modelExplorer {
      let files = try ModelExplorerData(sheet, document: database.document(_:of:)).files
      try OutputFolder(modelExplorer).write(files, mayReplace: ModelExplorerData.isOwn)
    }
    let text = try text(sheet, database)
    guard let output else { return try Console.show(text) }
    try AtomicFile.write(Array((text + "\n").utf8), to: output)
  }

  private func text(_ sheet: ZooSheet, _ database: ZooDatabase) throws -> String {
    switch format {
    case .text: ZooTextRenderer(style: Console.style).render(sheet)
    case .markdown: sheet.markdown
    case .csv: sheet.csv
    case .junit: sheet.junit
    case .jsonl: try ZooLines.text(sheet)
    case .html:
      try ZooPage(sheet, title: folder) { kind, row in
        try database.packedDocument(kind, model: row.model, board: row.board)
      }.html()
    }
  }
}

extension ZooDatabase {
  fileprivate func document(_ kind: ZooDocument, of row: ZooRow) throws(ZooError) -> [UInt8]? {
    try document(kind, model: row.model, board: row.board)
  }
}
