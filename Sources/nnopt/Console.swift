import Files
import GraphIR
import ModelFiles
import Reporting

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The terminal, or the pipe, that the tool talks to.
enum Console {
  /// Prints an error on the standard error stream.
  static func error(_ message: String) {
    note("nnopt: \(message)")
  }

  /// Prints a remark of one line on the standard error stream, without what steers a terminal: names in
  /// it may come from files.
  static func note(_ message: String) {
    StandardStream.error.write("\(DisplayText.sanitized(message))\n")
  }

  /// Prints a result on the standard output stream, where no text from a file steers a terminal.
  ///
  /// - Throws: `Outcome.badInput`, with an error printed, where the stream takes no more, as on a full disk.
  static func show(_ text: String, terminator: String = "\n") throws {
    guard StandardStream.output.write(DisplayText.page(text, style) + terminator) else {
      Console.error("the standard output cannot be written: the disk is full, or the stream is closed")
      throw Outcome.badInput
    }
  }

  /// Reads a model, and notes what is unusual about its file.
  static func model(at path: String) throws(ModelFileError) -> Model { try contents(of: path).model }

  /// Reads a model and the bytes of its FlatBuffer, and notes what is unusual about its file.
  static func contents(of path: String) throws(ModelFileError) -> (model: Model, bytes: [UInt8]) {
    let contents = try ModelFile.contents(of: path)
    for remark in contents.model.remarks { note("nnopt: \(path): \(remark)") }
    return contents
  }

  /// Colours and width for the standard output stream.
  static var style: TerminalStyle {
    let environment = ProcessInfo.processInfo.environment
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let isPlain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    return TerminalStyle(
      isColored: isTerminal && !isPlain, width: width(environment, isTerminal: isTerminal),
      isASCII: isASCII(environment))
  }

  private static func width(_ environment: [String: String], isTerminal: Bool) -> Int {
    if let columns = environment["COLUMNS"].flatMap(Int.init), columns > 0 {
      return min(max(columns, 60), 200)
    }
    guard isTerminal, let columns = columns(of: STDOUT_FILENO) else { return 100 }
    return min(max(columns, 60), 200)
  }

  /// How many characters a line of a terminal has; nil for what is none, or does not say.
  static func columns(of stream: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(stream, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  private static func isASCII(_ environment: [String: String]) -> Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }
    guard let locale = names.first(where: { !$0.isEmpty }) else { return false }
    let parts = locale.lowercased().split(separator: ".", maxSplits: 1)
    guard let encoding = parts.dropFirst().first else { return ["c", "posix"].contains(locale.lowercased()) }
    return !encoding.hasPrefix("utf-8") && !encoding.hasPrefix("utf8")
  }
}
