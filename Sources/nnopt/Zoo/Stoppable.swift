import ArgumentParser
import Zoo

/// Work on a zoo that Ctrl-C and SIGTERM end in good order; a second one ends it at once.
enum Stoppable {
  /// - Throws: what the work throws; where it was stopped, the exit code that shells have for the signal.
  static func run<Result>(_ work: (ZooStop) throws -> Result) throws -> Result {
    let stop = ZooStop()
    let interruption = Interruption { stop.request() }
    defer { interruption.end() }
    do { return try work(stop) } catch ZooError.stopped {
      Console.note("nnopt: \(ZooError.stopped)")
      throw ExitCode(interruption.exitCode ?? Outcome.badInput.rawValue)
    }
  }
}
