internal import Files
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Stops a run from outside, as Ctrl-C does: its processes are ended, what they were at is not kept, and its temporary
/// files go.
package final class ZooStop: Sendable {
  private struct State {
    var isWorking = false
    var isRequested = false
    var processes: [Int: ChildProcess] = [:]
    var started = 0
  }

  private let state = Mutex(State())

  package init() {}

  /// Asks the run to stop.
  ///
  /// - Returns: whether it ends by itself, soon; false where there is nothing to clear, or it was asked before.
  package func request() -> Bool {
    state.withLock { state in
      guard state.isWorking, !state.isRequested else { return false }
      state.isRequested = true
      for process in state.processes.values { process.terminate() }
      return true
    }
  }

  var isRequested: Bool { state.withLock { $0.isRequested } }

  /// Says whether there is something to clear.
  func setWorking(_ isWorking: Bool) { state.withLock { $0.isWorking = isWorking } }

  /// Starts a process that a stop ends; nil where it cannot be started, or the run was stopped.
  ///
  /// One is started at a time, so that none inherits the pipe of another.
  func start(_ make: () -> ChildProcess?) -> (number: Int, process: ChildProcess)? {
    state.withLock { state in
      guard !state.isRequested, let process = make() else { return nil }
      state.started += 1
      state.processes[state.started] = process
      return (state.started, process)
    }
  }

  /// Ends a process only here from now on; before it is waited for, since its number may then be another's.
  func forget(_ number: Int) { state.withLock { _ = $0.processes.removeValue(forKey: number) } }

  /// Whether a stop is what ended a process by a signal: one that went to all processes may be noticed here later.
  func isBehind(_ signal: Int32) -> Bool {
    guard [SIGINT, SIGTERM].contains(signal) else { return isRequested }
    for _ in 0..<20 where !isRequested { usleep(25_000) }
    return isRequested
  }
}
