package import GraphIR
package import MemoryPlanning
import Synchronization

/// What planners for several runtimes have found of one model: what runtimes ask for and take for the model as it came, and
/// the best plans for those that ask for the same and let the same be shared.
package final class PlanCache<Target: Runtime>: Sendable {
  private struct Entry: Sendable {
    let demands: Demands
    let order: NamedOrder
    let effort: PlanningEffort
    let choice: PlanChoice
  }

  private let model: Model
  private let entries = Mutex<[Entry]>([])
  private let demands = Mutex<[(target: Target, demands: Demands)]>([])
  private let charges = Mutex<[(target: Target, charge: Charge)]>([])

  package init(of model: Model) { self.model = model }

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

  /// What a runtime demands for the model.
  ///
  /// - Throws: `PlanningError` where a tensor is too large for the runtime.
  package func demands(by target: Target) throws(PlanningError) -> Demands {
    if let known = demands.withLock({ $0.first { $0.target == target }?.demands }) { return known }
    let own = try target.demands(of: model)
    demands.withLock { $0.append((target, own)) }
    return own
  }

  /// What a runtime takes for the model as it came.
  ///
  /// - Throws: `PlanningError` where a tensor is too large for the runtime.
  package func charge(by target: Target) throws(PlanningError) -> Charge {
    if let known = charges.withLock({ $0.first { $0.target == target }?.charge }) { return known }
    let own = try target.charge(for: model, planned: nil)
    charges.withLock { $0.append((target, own)) }
    return own
  }
}
