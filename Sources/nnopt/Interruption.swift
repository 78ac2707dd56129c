import Dispatch
import Files

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ctrl-C and SIGTERM in a long command: it ends at once, between two writes, and says what is kept, or is asked to end.
final class Interruption {
  private let state = State()
  private let sources: [any DispatchSourceSignal]

  /// What the signals' queue says; only that queue touches it.
  private final class State: @unchecked Sendable {
    let queue = DispatchQueue(label: "interruption")
    var lines: [String] = []
    var exitCode: Int32?
  }

  /// - Parameter stop: asks the command to end; whether it does so by itself.
  init(asking stop: @escaping @Sendable () -> Bool = { false }) {
    sources = [SIGINT, SIGTERM].map { [state] number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: state.queue)
      source.setEventHandler {
        // The shells' convention.
        state.exitCode = 128 + number
        if stop() { return }
        if isatty(STDERR_FILENO) == 1 { StandardStream.error.write("\r\u{1B}[K") }
        for line in state.lines { Console.note(line) }
        exit(128 + number)
      }
      source.resume()
      return source
    }
  }

  /// Does what may not be left halves, and sets what is said from then on.
  func protect(_ work: () throws -> [String]) rethrows {
    try state.queue.sync { state.lines = try work() }
  }

  /// The code to end with where a signal has come.
  var exitCode: Int32? { state.queue.sync { state.exitCode } }

  /// Signals end the command as they did before.
  func end() {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }
}
