import Dispatch
import Files
import Reporting
import Synchronization
import Tensors
import Zoo

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How far a zoo is: one line that changes on a terminal, a line for each model in a log.
final class ZooProgress: Sendable {
  private struct State {
    var done = 0
    var models = 0
    var hasWritten = false
  }

  private let state = Mutex(State())
  private let start = ContinuousClock.now
  private let isTerminal = isatty(STDERR_FILENO) == 1

  func hear(_ event: ZooRun.Event) {
    switch event {
    case .waiting:
      Console.note("nnopt: another nnopt zoo works in this folder: waiting until it has finished")
    case .unreadable(let folder, let reason): Console.error("\(folder): cannot be read: \(reason)")
    case .found(let models, let results):
      state.withLock { $0.models = models }
      if !isTerminal { Console.note("nnopt: \(models.counted("model")), \(results.counted("result"))") }
    case .finished(let model, let made): finished(model, made: made)
    }
  }

  private func finished(_ model: String, made: Int) {
    state.withLock { state in
      state.done += 1
      let share = "[\(state.done)/\(state.models)]"
      guard isTerminal else {
        if made > 0 { Console.note("\(share) \(model)") }
        return
      }
      state.hasWritten = true
      let seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
      let rate = Double(state.done) / max(seconds, 0.001)
      let left = Int((Double(state.models - state.done) / rate).rounded(.up))
      let text = DisplayText.sanitized(
        "\(share) \(Figures.decimal(rate, places: 1)) models/s, \(left) s left  \(model)")
      let columns = Console.columns(of: STDERR_FILENO) ?? 80
      StandardStream.error.write("\r\u{1B}[K\(DisplayText.shortened(text, to: columns - 1))")
    }
  }

  /// Clears the line.
  func end() {
    if state.withLock({ $0.hasWritten }) { StandardStream.error.write("\r\u{1B}[K") }
  }
}
