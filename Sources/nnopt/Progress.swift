import Foundation

/// A line on the standard error stream that says how far a long command is.
///
/// Nothing is shown in the first second, nor where the stream is not a terminal.
struct Progress {
  private let total: Int
  private let start = ContinuousClock.now
  private let isShown = isatty(STDERR_FILENO) == 1
  private var hasWritten = false

  init(total: Int) { self.total = total }

  /// Says which item begins, counted from 1.
  mutating func begin(_ item: Int, _ name: String) {
    guard isShown, ContinuousClock.now - start > .seconds(1) else { return }
    hasWritten = true
    FileHandle.standardError.write(Data("\r\u{1B}[K[\(item)/\(total)] \(name)".utf8))
  }

  /// Clears the line.
  func end() {
    guard hasWritten else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
  }
}
