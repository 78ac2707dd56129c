import Foundation
import Reporting

/// The terminal, or the pipe, that the tool talks to.
enum Console {
  /// Prints an error on the standard error stream.
  static func error(_ message: String) {
    FileHandle.standardError.write(Data("nnopt: \(message)\n".utf8))
  }

  /// Prints a remark on the standard error stream.
  static func note(_ message: String) {
    FileHandle.standardError.write(Data("\(message)\n".utf8))
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
    var size = winsize()
    guard isTerminal, unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 100
    }
    return min(max(Int(size.ws_col), 60), 200)
  }

  private static func isASCII(_ environment: [String: String]) -> Bool {
    let locale = environment["LC_ALL"] ?? environment["LC_CTYPE"] ?? environment["LANG"] ?? "C.UTF-8"
    return locale == "C" || locale == "POSIX"
  }
}
