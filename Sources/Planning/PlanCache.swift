import MemoryPlanning
import Synchronization

/// The best plans of one model for runtimes that ask for the same and let the same be shared: what one planner has found,
/// others take.
package final class PlanCache: Sendable {
  private struct Entry: Sendable {
    let demands: Demands
    let order: NamedOrder
    let effort: PlanningEffort
    let choice: PlanChoice
  }

  private let entries = Mutex<[Entry]>([])

  package init() {}

  func choice(for demands: Demands, _ order: NamedOrder, _ effort: PlanningEffort) -> PlanChoice? {
    entries.withLock { entries in
      entries.first { $0.order == order && $0.effort == effort && $0.demands == demands }?.choice
    }
  }

  func add(_ choice: PlanChoice, for demands: Demands, _ order: NamedOrder, _ effort: PlanningEffort) {
    entries.withLock {
      $0.append(Entry(demands: demands, order: order, effort: effort, choice: choice))
    }
  }
}
