import Files
import Reporting

/// What commands on bare problems in CSV have in common.
enum BareProblem {
  /// Reads a problem; what is wrong with it is printed with the file's name, and ends with `badInput`.
  ///
  /// - Parameter option: of `plan`, which writes such a problem.
  static func read<Problem>(_ file: String, from option: String, _ parse: (String) throws -> Problem) throws
    -> Problem
  {
    let text = try TextFile.read(file, remedy: "'nnopt plan MODEL \(option) FILE' writes such a table of it")
    do {
      return try parse(text)
    } catch {
      Console.error("\(file): \(error)")
      throw Outcome.badInput
    }
  }

  /// Writes an answer's CSV into a file, and shows JSON, or the CSV where it went nowhere.
  static func show(csv: String, json: String?, output: String?) throws {
    if let output { try AtomicFile.write(Array(csv.utf8), to: output) }
    if let json {
      try Console.show(json)
    } else if output == nil {
      try Console.show(csv, terminator: "")
    }
  }

  /// Ends with `doesNotFit` where an answer takes more bytes than there are.
  ///
  /// - Parameters:
  ///   - answer: what was looked for, such as `placement`.
  ///   - lowerBound: bytes that no answer goes below.
  static func requireFit(_ file: String, _ answer: String, bytes: Int, lowerBound: Int, capacity: ByteSize?)
    throws
  {
    guard let available = capacity?.bytes, bytes > available else { return }
    let verdict = lowerBound > available ? "no \(answer) fits" : "no \(answer) was found that fits"
    Console.error(
      "\(file): \(verdict): requested \(bytes), available \(available), missing \(bytes - available) bytes")
    throw Outcome.doesNotFit
  }
}
