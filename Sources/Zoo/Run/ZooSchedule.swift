internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Hands out models, the largest first, while what is being worked on is not expected to take more than the memory.
final class ZooSchedule: Sendable {
  private struct State {
    /// The smallest first, taken from the end.
    var waiting: [(number: Int, model: ModelFinder.Found)]
    var expectedBytes = 0
    var running = 0
  }

  let modelCount: Int
  private let memoryBytes: Int
  private let state: Mutex<State>

  init(_ models: [ModelFinder.Found], settings: ZooSettings) {
    modelCount = models.count
    memoryBytes = settings.memoryBytes
    let numbered = models.enumerated().map { (number: $0, model: $1) }
    state = Mutex(
      State(waiting: numbered.sorted { ($0.model.byteCount, $1.number) < ($1.model.byteCount, $0.number) }))
  }

  /// What working on a model may take: a process, and several times its file.
  static func expectedBytes(_ model: ModelFinder.Found) -> Int {
    (64 << 20) + 16 * min(model.byteCount, 1 << 40)
  }

  /// The next model; waits for memory. nil where there is none.
  func take() -> (number: Int, model: ModelFinder.Found)? {
    while true {
      let (taken, isEmpty) = state.withLock { state -> ((Int, ModelFinder.Found)?, Bool) in
        // The largest that goes in beside what is running; any where nothing is running.
        let index = state.waiting.lastIndex {
          state.running == 0 || state.expectedBytes + Self.expectedBytes($0.model) <= memoryBytes
        }
        guard let index else { return (nil, state.waiting.isEmpty) }
        let next = state.waiting.remove(at: index)
        state.expectedBytes += Self.expectedBytes(next.model)
        state.running += 1
        return (next, false)
      }
      if let taken { return taken }
      if isEmpty { return nil }
      usleep(20_000)
    }
  }

  func giveBack(_ model: ModelFinder.Found) {
    state.withLock { state in
      state.expectedBytes -= Self.expectedBytes(model)
      state.running -= 1
    }
  }
}
