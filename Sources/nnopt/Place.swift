import ArgumentParser
import MemoryPlanning
import Reporting
import Tensors

/// `nnopt place`: a bare placement problem.
struct Place: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give buffers with lifetimes offsets in one arena.",
    usage: "nnopt place [<options>] <csv>",
    discussion: """
      Reads minimalloc's CSV form, columns id,lower,upper,size (half-open lifetimes) and optionally alignment and \
      offset (a fixed one), and prints it with the offsets found.

      EXAMPLES
        nnopt place buffers.csv
        nnopt place buffers.csv --capacity 1048576 --output placed.csv

      EXIT CODES
        0  placed, within the capacity    1  bad input    2  does not fit    64  usage
      """)

  @Argument(help: ArgumentHelp("The buffers.", valueName: "csv"), completion: .file(extensions: ["csv"]))
  var file: String

  @Option(help: ArgumentHelp("The arena's size; exit with 2 where it is too small.", valueName: "size"))
  var capacity: ByteSize?

  @Option(help: ArgumentHelp("Nodes that the search may visit.", valueName: "nodes"))
  var budget = 1_000_000

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write the CSV into a file.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var output: String?

  @Flag(help: "Print JSON in place of the CSV.")
  var json = false

  @OptionGroup var replacement: ReplacementOption

  func validate() throws {
    guard budget >= 0 else { throw ValidationError("--budget takes a number of nodes from 0.") }
    var paths = WrittenPaths()
    paths.reads("the buffers", file)
    paths.writes("--output", output)
    try paths.check(replacement)
  }

  func run() throws {
    try Outcome.reportingErrors(place)
  }

  private func place() throws {
    let named = try BareProblem.read(file, from: "--buffers") { try NamedPlacementProblem(csv: $0) }
    let progress = Progress()
    progress.begin("placing \(named.names.count.counted("buffer"))")
    let result = named.problem.optimizedPlacement(
      effort: PlacementEffort(searchNodes: budget), goal: capacity?.bytes ?? 0)
    progress.end()
    let arena = result.placement.arenaBytes
    try BareProblem.show(
      csv: named.csv(with: result.placement),
      json: json
        ? PlaceJSONRenderer().render(named, result, path: file, capacityBytes: capacity?.bytes) : nil,
      output: output)
    let proof =
      result.isProved ? "proved: no arena is smaller" : "no arena is smaller than \(result.lowerBound)"
    Console.note(
      "\(named.names.count.counted("buffer")) in \(arena) bytes (\(proof); \(result.nodes.counted("node")) searched)"
    )
    try BareProblem.requireFit(
      file, "placement", bytes: arena, lowerBound: result.lowerBound, capacity: capacity)
  }
}
