import ArgumentParser
import Boards
import Files
import GraphIR
import MemoryPlanning
import ModelFiles
import Passes
import Planning
import Reporting
import Runtimes
import Workflows

/// `nnopt plan`: the execution order and the arena with the lowest peak.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Find the execution order and the tensor offsets with the lowest peak of SRAM.",
    discussion: """
      Several models give one row each.

      EXAMPLES
        nnopt plan model.tflite --board esp32
        nnopt plan model.tflite --order file --svg before.svg
        nnopt plan model.tflite --output planned.tflite --buffers buffers.csv
        nnopt plan model.tflite --kernels reference --output planned.tflite
        nnopt plan model.tflite --stripes --max-extra-macs 2% --output striped.tflite
        nnopt plan model.tflite --board esp32 --regions sram=160K,psram=4M
        nnopt plan zoo/*.tflite --fail-over 64K --format junit
        nnopt plan zoo/*.tflite --board esp32 --board nano33ble
        nnopt plan wake.tflite words.tflite --shared-arena --board nano33ble

      EXIT CODES
        0  fits the board, regions, limit    1  bad input    2  does not fit, or TFLM refuses the model    64  usage
        (files that were asked for are written with 2, too)
      """)

  @Argument(
    help: ArgumentHelp("TensorFlow Lite models.", valueName: "model"),
    completion: .file(extensions: ["tflite"]))
  var models: [String]

  @Option(
    help: ArgumentHelp(
      "The board to fit; 'nnopt boards' lists them. Several give a table of models and boards.",
      valueName: "id"),
    completion: BoardOptions.completion)
  var board: [String] = []

  @OptionGroup var boards: BoardOptions

  @Option(help: "The order to use: \(NamedOrder.allCases.map(\.rawValue).joined(separator: ", ")).")
  var order: NamedOrder = .optimal

  @Option(
    help: ArgumentHelp(
      "An order of your own: the main graph's operators by their numbers, separated by spaces or lines. The table calls it 'file'.",
      valueName: "file"), completion: .file())
  var orderFile: String?

  @Option(
    help: ArgumentHelp(
      "Write the plan's buffers as CSV, as 'nnopt place' reads them.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var buffers: String?

  @Option(
    help: ArgumentHelp(
      "Write the main graph's steps and buffers as CSV, as 'nnopt order' reads them.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var steps: String?

  @Option(
    help: ArgumentHelp(
      "Every tensor's bytes are rounded up to it, in a plan of the tensors alone (default: 16).",
      valueName: "bytes"))
  var alignment: Int?

  @Option(
    help: ArgumentHelp(
      "States that the search for an order may visit before it settles for a bound, in turns of 5000, 80000, 1280000 (default: by --effort).",
      valueName: "states"))
  var budget: Int?

  @Flag(help: "Print JSON, as --format json does.")
  var json = false

  @Option(help: "How to print the result.")
  var format: PlanFormat?

  @Flag(help: "Put all models into one arena: they run one after the other.")
  var sharedArena = false

  @Option(
    help: ArgumentHelp("Draw the plan into an SVG file.", valueName: "file"),
    completion: .file(extensions: ["svg"]))
  var svg: String?

  @Option(
    help: ArgumentHelp(
      "Show the plan as a page: peaks, live bytes, arena, graph. It needs no network.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the model with its operators in the plan's order, and the offsets that TFLM obeys.",
      valueName: "file"),
    completion: .file(extensions: ["tflite"]))
  var output: String?

  @OptionGroup var states: StateOptions

  @OptionGroup var replacement: ReplacementOption

  @OptionGroup var runtimeOptions: RuntimeOptions

  @OptionGroup var regions: RegionOptions

  @OptionGroup var bounds: BoundOptions

  @OptionGroup var stripeOptions: StripeOptions

  @Flag(help: .hidden)
  var memberOfBatch = false

  @Option(help: .hidden)
  var without: [String] = []

  func validate() throws {
    guard alignment.map({ (1...IdealRuntime.maximumAlignment).contains($0) }) ?? true else {
      throw ValidationError("--alignment takes 1 to \(IdealRuntime.maximumAlignment) bytes.")
    }
    guard budget.map({ $0 >= 0 }) ?? true else {
      throw ValidationError("--budget takes a number of states from 0.")
    }
    guard
      models.count == 1 && board.count <= 1
        || [svg, html, output, orderFile, buffers, steps, stripeOptions.stripesSvg].allSatisfy({ $0 == nil })
    else {
      throw ValidationError(
        "--svg, --html, --output, --buffers, --steps, --order-file and --stripes-svg take one model and one board at a time."
      )
    }
    guard orderFile == nil || order == .optimal || order == .file else {
      throw ValidationError("--order-file and --order name different orders: leave one of them away.")
    }
    guard !json || format == nil || format == .json else {
      throw ValidationError("--json and --format name different formats.")
    }
    guard !sharedArena || (models.count > 1 && board.count <= 1 && runtimeOptions.runtime == .tflm) else {
      throw ValidationError(
        "--shared-arena takes several models, at most one board, and TFLM as the runtime.")
    }
    try stripeOptions.choice.requireRoom(
      hasRoom: !board.isEmpty || bounds.failOver != nil, by: "--board or --fail-over")
    guard !stripeOptions.isAsked || !hasOtherAlignment && runtimeOptions.runtime == .tflm else {
      throw ValidationError("Stripes are for TFLM's arena: leave --alignment and --runtime none away.")
    }
    guard !stripeOptions.isAsked || order == .optimal else {
      throw ValidationError("Stripes choose the order: leave --order away, or give --order-file.")
    }
    guard !board.isEmpty || bounds.memory.reserve == nil && bounds.memory.arena == .sram else {
      throw ValidationError("--reserve and --arena mean nothing without --board.")
    }
    guard models.allSatisfy({ !$0.isEmpty }) else { throw ValidationError("A model's path is empty.") }
    var paths = WrittenPaths()
    for model in models { paths.reads("the model", model) }
    paths.reads("the boards", boards.file)
    paths.reads("the order", orderFile)
    paths.writes("--svg", svg)
    paths.writes("--html", html)
    paths.writes("--buffers", buffers)
    paths.writes("--steps", steps)
    paths.writes("--output", output)
    paths.writes("--stripes-svg", stripeOptions.stripesSvg)
    try paths.check(replacement)
  }

  func run() throws {
    if models.count > 1, !memberOfBatch, let executable = Batch.ownExecutable {
      let given = Array(CommandLine.arguments.dropFirst())
      let options = given.firstIndex(of: "--") ?? given.endIndex
      let batch = Batch(
        executable: executable,
        arguments: { losses in
          given[..<options] + ["--member-of-batch"] + losses.flatMap { ["--without", $0.argument] }
            + given[options...]
        }, count: models.count)
      if let code = batch.run() { throw ExitCode(code) }
    }
    try Outcome.reportingErrors(plan)
  }

  private func plan() throws {
    let targets = try boards.boards(board)
    bounds.memory.noteFrameworks()
    var batch = PlanBatch()
    let progress = Progress()
    let losses = without.compactMap(Batch.Loss.init(argument:))
    if memberOfBatch { Batch.limitMemory() }
    for (index, path) in models.enumerated() {
      if let loss = losses.first(where: { $0.position == index }) {
        batch.failures.append(PlanFailure(path: path, message: "\(path): \(loss.reason)"))
        continue
      }
      if memberOfBatch { Batch.begin(index) }
      progress.begin("[\(index + 1)/\(models.count)] planning \(path)")
      do {
        let model = try ordered(Console.model(at: path))
        batch.reports.append(try targets.map { try report(on: path, model, board: $0) })
      } catch {
        batch.failures.append(PlanFailure(path: path, message: "\(error)"))
      }
    }
    progress.end()
    if sharedArena, batch.failures.isEmpty { batch.sharedArena = SharedArena(batch.reports.flatMap(\.self)) }
    for failure in batch.failures { Console.error(failure.message) }
    let text = try batch.text(format ?? (json ? .json : .text), style: Console.style)
    if !text.isEmpty { try Console.show(text) }
    try batch.judge()
  }

  /// Plans one model and writes the files that were asked for.
  private func report(on path: String, _ whole: Model, board: Board?) throws -> PlanReport {
    let choice = runtimeOptions.choice(for: board, comparesLibraries: false)
    let stripes = try choice.flatMap { choice in
      try stripeOptions.search(
        on: whole, path, choice: choice, bounds: bounds.bounds(board: board), effort: effort)
    }
    let model = stripes?.model ?? whole
    var runtime =
      hasOtherAlignment
      ? nil
      : runtimeOptions.choice(for: board, comparesLibraries: models.count == 1 && self.board.count <= 1)
    runtime?.known = stripes?.known ?? []
    var session = PlanSession(
      model: model, path: path, alignment: alignment ?? TFLMRuntime.alignment, effort: effort,
      runtime: runtime,
      regions: regions.list?.regions, isWritten: output != nil, states: try states.ports(of: model, path))
    if stripes?.report.runs.isEmpty == false { session.original = whole }
    var report = try session.report(
      order: orderFile == nil ? order : .file, bounds: bounds.bounds(board: board))
    report.stripes = stripes?.report
    // Before anything is written: a model with loops has no such problem.
    let problem = try steps.map { _ in try session.orderProblem(of: report).csv }
    if let path = stripeOptions.stripesSvg {
      try AtomicFile.write(Array(StripeSVGRenderer().render(report).utf8), to: path)
    }
    if let shortage = report.regions?.shortage {
      Console.error("\(path): does not fit the regions: \(shortage)")
    }
    if let svg { try AtomicFile.write(Array(PlanSVGRenderer().render(report).utf8), to: svg) }
    if let html {
      let page = try ModelPage(report, of: model, command: ["nnopt"] + Self.givenWords).html()
      try AtomicFile.write(Array(page.utf8), to: html)
    }
    if let buffers { try AtomicFile.write(Array(try PlanBuffers.csv(report).utf8), to: buffers) }
    if let steps, let problem { try AtomicFile.write(Array(problem.utf8), to: steps) }
    if let output { try write(report, to: output) }
    return report
  }

  private var effort: PlanningEffort {
    let effort = PlanningEffort(runtimeOptions.effort)
    return budget.map(effort.with(states:)) ?? effort
  }

  /// The command line's words as a shell takes them.
  private static var givenWords: [String] { CommandLine.arguments.dropFirst().map(ShellWords.quoted) }

  /// The model in the order of `--order-file`.
  private func ordered(_ model: Model) throws -> Model {
    guard let orderFile else { return model }
    do {
      let text = try TextFile.read(orderFile, remedy: "an order is a list of its operators' numbers")
      return try GivenOrder(text: text).applied(to: model)
    } catch let problem as GivenOrder.Problem {
      throw PlanFailure(path: orderFile, message: "\(orderFile): \(problem)")
    }
  }

  /// TFLM aligns to 16 bytes: other figures are of the tensors alone.
  private var hasOtherAlignment: Bool { (alignment ?? TFLMRuntime.alignment) != TFLMRuntime.alignment }

  private func write(_ report: PlanReport, to path: String) throws {
    if let reason = report.plan.keptBecause {
      Console.note("nnopt: \(path): as the model came, with its own plan: \(reason)")
    } else if report.runtime?.planned.isUnchanged == true {
      Console.note("nnopt: \(path): as the model came; no plan makes stock TFLM take less")
    }
    try ModelFile.write(report.model, to: path)
  }
}

extension NamedOrder: ExpressibleByArgument {}
