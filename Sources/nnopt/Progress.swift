import Dispatch
import Files
import Reporting

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A line on the standard error stream that says what a long command is doing, and for how long.
///
/// Nothing is shown in the first second, nor where the stream is not a terminal.
final class Progress {
  private let timer: (any DispatchSourceTimer)?
  private let state: State

  /// What the timer shows; only its queue touches it.
  private final class State: @unchecked Sendable {
    let queue = DispatchQueue(label: "progress")
    let start = ContinuousClock.now
    var text = ""
    var hasWritten = false

    func show() {
      let seconds = Int((ContinuousClock.now - start) / .seconds(1))
      hasWritten = true
      let line = Progress.line(text, seconds: seconds, columns: Console.columns(of: STDERR_FILENO) ?? 80)
      StandardStream.error.write("\r\u{1B}[K\(line)")
    }
  }

  init() {
    state = State()
    guard isatty(STDERR_FILENO) == 1 else {
      timer = nil
      return
    }
    let timer = DispatchSource.makeTimerSource(queue: state.queue)
    timer.schedule(deadline: .now() + 1, repeating: 1)
    timer.setEventHandler { [state] in state.show() }
    timer.resume()
    self.timer = timer
  }

  /// What is shown: never so long that a terminal breaks the line, since only one line is cleared.
  static func line(_ text: String, seconds: Int, columns: Int) -> String {
    let time = ", \(seconds) s"
    return DisplayText.shortened(text, to: max(columns - 1 - time.count, 0)) + time
  }

  /// Says what begins.
  func begin(_ text: String) {
    state.queue.sync { state.text = DisplayText.sanitized(text) }
  }

  /// Clears the line.
  func end() {
    timer?.cancel()
    state.queue.sync {
      if state.hasWritten { StandardStream.error.write("\r\u{1B}[K") }
    }
  }
}
