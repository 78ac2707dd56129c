import ArgumentParser
import Files
import MemoryPlanning
import ModelFiles
import Reporting

/// `nnopt place`: a bare placement problem.
struct Place: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give buffers with lifetimes offsets in one arena.",
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
    let named = try problem()
    let progress = Progress()
    progress.begin("placing \(named.names.count) buffers")
    let result = named.problem.optimizedPlacement(
      effort: PlacementEffort(searchNodes: budget), goal: capacity?.bytes ?? 0)
    progress.end()
    let arena = result.placement.arenaBytes
    let csv = named.csv(with: result.placement)
    if let output { try AtomicFile.write(Array(csv.utf8), to: output) }
    if json {
      try Console.show(
        PlaceJSONRenderer().render(named, result, path: file, capacityBytes: capacity?.bytes))
    } else if output == nil {
      try Console.show(csv, terminator: "")
    }
    let proof =
      result.isProved ? "proved: no arena is smaller" : "no arena is smaller than \(result.lowerBound)"
    Console.note("\(named.names.count) buffers in \(arena) bytes (\(proof); \(result.nodes) nodes searched)")
    guard let capacity, arena > capacity.bytes else { return }
    let verdict =
      result.lowerBound > capacity.bytes ? "no placement fits" : "no placement was found that fits"
    Console.error(
      "\(file): \(verdict): requested \(arena), available \(capacity.bytes), missing \(arena - capacity.bytes) bytes"
    )
    throw Outcome.doesNotFit
  }

  private func problem() throws -> NamedPlacementProblem {
    let text = String(decoding: try FileReading.bytes(of: file), as: UTF8.self)
    do {
      return try NamedPlacementProblem(csv: text)
    } catch {
      Console.error("\(file): \(error)")
      throw Outcome.badInput
    }
  }
}
