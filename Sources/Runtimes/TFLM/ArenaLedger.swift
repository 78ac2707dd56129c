import Tensors

/// The arena while the runtime allocates: the head grows up, temporaries stand on it, the tail grows down.
///
/// Sizes count from the arena's two ends, so they do not depend on its length as long as that is a multiple
/// of 16.
struct ArenaLedger {
  /// Bytes at the start that stay reserved.
  private(set) var head = 0
  /// End of the temporaries that stand on the head.
  private(set) var temporaryEnd = 0
  /// Bytes at the end that stay reserved.
  private(set) var tail = 0
  /// The shortest arena in which everything so far succeeds.
  private(set) var requiredBytes = 0

  /// - Returns: by how many bytes the tail has grown.
  @discardableResult
  mutating func allocatePersistent(_ size: Int, alignment: Int) -> Int {
    let before = tail
    tail = (tail + size).roundedUp(to: alignment)
    require(temporaryEnd)
    return tail - before
  }

  mutating func allocateTemporary(_ size: Int, alignment: Int) {
    temporaryEnd = temporaryEnd.roundedUp(to: alignment) + size
    require(temporaryEnd)
  }

  mutating func releaseTemporaries() { temporaryEnd = head }

  mutating func resizeHead(to size: Int) {
    head = size
    temporaryEnd = size
    require(head)
  }

  /// Notes that the planner needs so many bytes between temporaries and tail, both aligned to 16.
  mutating func requirePlannerSpace(_ size: Int) {
    let need = temporaryEnd.roundedUp(to: 16) + size + tail.roundedUp(to: 16)
    requiredBytes = max(requiredBytes, need)
  }

  private mutating func require(_ low: Int) { requiredBytes = max(requiredBytes, low + tail) }
}

extension Int {
  /// The product of factors that are not negative, at most 2⁴⁸: sizes of a malformed file must not overflow.
  static func product(_ factors: Int...) -> Int {
    Swift.min(factors.reduce(1) { $0.saturatingMultiply($1) }, 1 << 48)
  }
}
