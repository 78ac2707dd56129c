import ArgumentParser
import Boards
import Files
import Reporting
import Workflows
import Zoo

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `nnopt zoo run`, and `nnopt zoo` alone: works on the models.
struct ZooRunTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Plan or optimize every model below folders; what 'nnopt zoo DIR' does.")

  @Argument(
    help: ArgumentHelp("Folders with models, or models.", valueName: "folder"), completion: .directory)
  var folders: [String]

  @Option(
    help: ArgumentHelp("A board to fit, several times for several.", valueName: "id"),
    completion: BoardOptions.completion)
  var board: [String] = []

  @OptionGroup var boards: BoardOptions

  @Option(
    help: ArgumentHelp("The folder for the database and the written models.", valueName: "folder"),
    completion: .directory)
  var out: String

  @Flag(help: "Optimize the models, not only plan them.")
  var optimize = false

  @Option(
    help: ArgumentHelp(
      "A table with the columns path and options: which options of 'nnopt optimize' or 'nnopt plan' a model gets, by patterns such as speech/**/*.tflite (default: zoo.csv in a folder).",
      valueName: "file"), completion: .file(extensions: ["csv"]))
  var config: String?

  @OptionGroup var work: ZooWorkOptions

  @Flag(help: "End with exit code 2 where a model does not fit a board, or TFLM refuses it.")
  var strict = false

  @OptionGroup(title: "What is done to models that the table does not name")
  var changes: ZooChangeOptions

  func validate() throws {
    guard folders.allSatisfy({ !$0.isEmpty }), !out.isEmpty else {
      throw ValidationError("A folder's path is empty.")
    }
    guard Set(board).count == board.count else { throw ValidationError("A board is named twice.") }
    try changes.checkUse(isOptimizing: optimize)
    try check(options, place: "options for all models")
  }

  private var options: [String] { changes.words(isOptimizing: optimize) }

  /// Options are judged by the command that gets them.
  private func check(_ options: [String], place: String) throws {
    let own = ["-o", "--output", "--json", "--board", "--boards", "--dry-run", "--svg", "--format"]
    if let word = options.first(where: { own.contains(String($0.prefix { $0 != "=" })) }) {
      throw ValidationError("\(place): 'nnopt zoo' gives \(word) itself.")
    }
    do {
      if optimize {
        _ = try Optimize.parse(
          ["model.tflite", "-o", "out.tflite"] + (board.first.map { ["--board", $0] } ?? []) + options)
      } else {
        _ = try PlanCommand.parse(["model.tflite", "-o", "out.tflite"] + options)
      }
    } catch {
      let command = optimize ? "optimize" : "plan"
      throw ValidationError("\(place): nnopt \(command): \(Optimize.message(for: error))")
    }
  }

  func run() throws { try Outcome.reportingErrors(workOnAll) }

  private func workOnAll() throws {
    let summary = try work(try settings())
    let database = try ZooDatabase(folder: out)
    let rows = try database.rows().filter { !$0.isVanished }
    let sheet = ZooSheet(rows: rows, boards: try database.boards())
    try Console.show(ZooTextRenderer(style: Console.style).render(sheet))
    Console.note(
      "nnopt: \(summary.made) of \(rows.count) results made; all are in \(out)/\(ZooDatabase.fileName); "
        + "a page of them: nnopt zoo report \(ShellWords.quoted(out)) --format html --output zoo.html")
    if summary.unreadableFolders > 0 { throw Outcome.badInput }
    if rows.contains(where: { $0.verdict == .error }) { throw Outcome.modelsHaveErrors }
    if strict, rows.contains(where: { [.doesNotFit, .refused].contains($0.verdict) }) {
      throw Outcome.doesNotFit
    }
  }

  private func work(_ settings: ZooSettings) throws -> ZooRun.Summary {
    try Stoppable.run { stop in
      var settings = settings
      settings.stop = stop
      var run = ZooRun(settings)
      let progress = ZooProgress()
      defer { progress.end() }
      run.listener = { progress.hear($0) }
      return try run.run()
    }
  }

  /// The command's words but `--out` and `--shard`.
  var words: [String] {
    var words = folders + board.flatMap { ["--board", $0] } + (boards.file.map { ["--boards", $0] } ?? [])
    if optimize { words.append("--optimize") }
    if let config { words += ["--config", config] }
    if strict { words.append("--strict") }
    return words + work.words + options
  }

  func settings() throws -> ZooSettings {
    guard let executable = Batch.ownExecutable else {
      throw ValidationError("The system does not say where nnopt is.")
    }
    let table = board.isEmpty && boards.file == nil ? nil : try boards.table()
    let found = try board.map { id in ZooBoard(try table?.board(id: id)) }
    var settings = ZooSettings(
      executable: executable.path, version: ToolVersion.text, roots: folders, output: out,
      boards: found.isEmpty ? [.none] : found)
    settings.boardOptions = boards.file.map { ["--boards", $0] } ?? []
    settings.isOptimizing = optimize
    settings.options = options
    settings.configuration = try configuration()
    try work.apply(to: &settings)
    return settings
  }

  private func configuration() throws -> ZooConfiguration {
    let usual = folders.map { "\($0)/zoo.csv" }.first { FileManager.default.fileExists(atPath: $0) }
    guard let path = config ?? usual else { return ZooConfiguration() }
    let configuration = try ZooConfiguration(csv: FileReading.bytes(of: path), name: path)
    for row in configuration.all { try check(row.options, place: row.place) }
    return configuration
  }
}

extension ZooBoard {
  /// nil for no board.
  init(_ board: Board?) {
    guard let board else {
      self = .none
      return
    }
    self.init(
      id: board.id, name: board.name, availableBytes: board.availableBytes,
      flashBytes: board.usableFlashBytes,
      facts: "\(board)")
  }
}
