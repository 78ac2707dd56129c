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
      StandardStream.error.write("\r\u{1B}[K\(text), \(seconds) s")
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
