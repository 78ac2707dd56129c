import Tensors

/// One arena for several models that never run at the same time, as TFLM's shared `MicroAllocator` gives it.
///
/// The heads lie over each other, the tails beside each other. TFLM's own allocator is counted once a model and needed once,
/// so that the arena is a little larger than it has to be.
package struct SharedArena: Sendable, Equatable {
  /// Bytes of the largest head.
  package let headBytes: Int
  /// Bytes of all tails.
  package let tailBytes: Int
  package let modelCount: Int

  package init(headBytes: Int, tailBytes: Int, modelCount: Int) {
    self.headBytes = headBytes
    self.tailBytes = tailBytes
    self.modelCount = modelCount
  }

  /// - Returns: nil where a model was planned for the tensors alone.
  package init?(_ reports: [PlanReport]) {
    let charges = reports.compactMap { $0.runtime?.planned.charge }
    guard charges.count == reports.count, !charges.isEmpty else { return nil }
    self.init(
      headBytes: charges.map { $0.arenaBytes - $0.tailBytes }.max() ?? 0,
      tailBytes: charges.map(\.tailBytes).saturatingSum, modelCount: charges.count)
  }

  package var arenaBytes: Int { headBytes.saturatingAdd(tailBytes) }

  package func isWithinLimits(_ bounds: PlanBounds) -> Bool {
    bounds.fit(arenaBytes: arenaBytes)?.fits != false && bounds.excess(arenaBytes: arenaBytes) == 0
  }
}
