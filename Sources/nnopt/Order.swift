import ArgumentParser
import MemoryPlanning
import Planning
import Reporting
import Tensors

/// `nnopt order`: a bare problem of ordering.
struct Order: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find the order of steps with the lowest peak of live bytes.",
    usage: "nnopt order [<options>] <csv>",
    discussion: """
      Reads CSV with the columns kind,index,bytes,producer,steps,kept, as 'nnopt plan --steps' writes it. A row of \
      kind 'step' has a step's transient bytes and, under 'steps', the steps that must come after it; one of kind \
      'buffer' has the step that writes it (empty: it is there from the start), the steps that read it, and 1 under \
      'kept' where it stays; one of kind 'overlap' lets the buffer under 'producer' start at least 'bytes' before \
      the one under 'steps', or at its address where 'kept' is 1. Prints the columns position,step,live.

      EXAMPLES
        nnopt order steps.csv
        nnopt order steps.csv --by greedy
        nnopt order steps.csv --capacity 256K --output order.csv

      EXIT CODES
        0  ordered, within the capacity    1  bad input    2  does not fit    64  usage
      """)

  @Argument(
    help: ArgumentHelp("The steps and buffers.", valueName: "csv"), completion: .file(extensions: ["csv"]))
  var file: String

  @Option(help: "The order to give: \(NamedOrder.allCases.map(\.rawValue).joined(separator: ", ")).")
  var by: NamedOrder = .optimal

  @Option(help: ArgumentHelp("Bytes there are; exit with 2 where they are too few.", valueName: "size"))
  var capacity: ByteSize?

  @Option(help: ArgumentHelp("How long to look: quick, normal or thorough.", valueName: "level"))
  var effort: PlanningEffort.Level = .normal

  @Option(
    help: ArgumentHelp("States that the search may visit (default: by --effort).", valueName: "states"))
  var budget: Int?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write the CSV into a file.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var output: String?

  @Flag(help: "Print JSON in place of the CSV.")
  var json = false

  @OptionGroup var replacement: ReplacementOption

  func validate() throws {
    guard budget.map({ $0 >= 0 }) ?? true else {
      throw ValidationError("--budget takes a number of states from 0.")
    }
    var paths = WrittenPaths()
    paths.reads("the steps", file)
    paths.writes("--output", output)
    try paths.check(replacement)
  }

  func run() throws {
    try Outcome.reportingErrors(order)
  }

  private func order() throws {
    let problem = try BareProblem.read(file, from: "--steps") { try ScheduleProblem(csv: $0) }
    let progress = Progress()
    progress.begin("ordering \(problem.stepCount.counted("step"))")
    let effort = PlanningEffort(effort)
    let options = (budget.map(effort.with(states:)) ?? effort).orders
    let result = by == .optimal ? problem.orderInTurn(options) : problem.order(by, options)
    progress.end()
    let listing = OrderListing(problem, result)
    try BareProblem.show(
      csv: listing.csv, json: json ? listing.json(path: file, name: by, capacityBytes: capacity?.bytes) : nil,
      output: output)
    let peak = result.schedule.peakBytes
    let proof =
      result.isProved
      ? "proved: no order has less"
      : by == .optimal ? "no order has less than \(result.lowerBound)" : "the order '\(by.rawValue)'"
    Console.note(
      "\(problem.stepCount.counted("step")) with a peak of \(peak) bytes (\(proof); \(result.statesExpanded.counted("state")) searched)"
    )
    try BareProblem.requireFit(
      file, "order", bytes: peak, lowerBound: result.lowerBound, capacity: capacity)
  }
}
