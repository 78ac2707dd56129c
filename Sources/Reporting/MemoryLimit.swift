import Workflows

/// A number of bytes that a plan should stay below.
struct MemoryLimit: Equatable {
  let name: String
  let bytes: Int
}

extension PlanReport {
  /// The board's memory and the limit of `--fail-over`, as far as they are given.
  var limits: [MemoryLimit] {
    var limits: [MemoryLimit] = []
    if let board, let fit {
      limits.append(MemoryLimit(name: DisplayText.sanitized(board.id), bytes: fit.availableBytes))
    }
    if let limitBytes { limits.append(MemoryLimit(name: "limit", bytes: limitBytes)) }
    return limits
  }

  /// What the bytes of the plan are called: TFLM's arena has a tail besides.
  var arenaName: String { runtime == nil ? "arena" : "head" }

  /// The limits as a picture of the head shows them: less TFLM's tail, so that the plan stands below a limit where the
  /// verdict says that it fits.
  var headLimits: [MemoryLimit] {
    let tail = runtime?.planned.charge.tailBytes ?? 0
    guard tail > 0 else { return limits }
    return limits.filter { $0.bytes >= tail }.map {
      MemoryLimit(name: "\($0.name) less the tail", bytes: $0.bytes - tail)
    }
  }

  /// The largest limit worth drawing beside `bytes`: one that is not far above them.
  func visibleTop(over bytes: Int) -> Int {
    let visible = headLimits.map(\.bytes).filter { Double($0) <= Double(bytes) * 1.5 }
    return max(bytes, visible.max() ?? 0)
  }
}
