import MemoryPlanning

/// The smallest of many plans of one model, and what no plan is below.
struct PlanChoice: Sendable {
  private(set) var best: Plan?
  /// Whether the tensors of its loops share addresses; its bound is its own then.
  private(set) var isInPlace = false
  /// What no order's peak is below.
  private(set) var peakBound = 0
  /// What no plan is below, in bytes.
  private(set) var lowerBound = 0
  /// What no arena of any order is below, where that was looked at.
  private(set) var anyOrderBound = 0
  /// States that the searches for orders expanded.
  private(set) var statesExpanded = 0

  /// Whether no plan can be smaller.
  var isProved: Bool { best.map { $0.arenaBytes <= lowerBound } ?? false }

  /// A plan must be smaller than this to be of use.
  var limit: Int { best?.arenaBytes ?? .max }

  /// Takes a plan where it is smaller than the best so far; of equal ones the first stays.
  mutating func offer(_ plan: Plan, isInPlace: Bool = false) {
    if plan.arenaBytes < limit { (best, self.isInPlace) = (plan, isInPlace) }
  }

  /// Takes a bound on the arenas of all orders.
  mutating func prove(anyOrder bound: Int) {
    anyOrderBound = max(anyOrderBound, bound)
    lowerBound = max(lowerBound, bound)
  }

  /// A plan with all that is proved.
  func proved(_ plan: Plan) -> Plan {
    var plan = plan
    plan.proof.lowerBoundBytes = peakBound
    plan.proof.anyOrderBoundBytes = anyOrderBound
    plan.proof.statesExpanded = statesExpanded
    return plan
  }

  /// With another plan as the best, whatever the arenas of both.
  func replaced(by plan: Plan) -> PlanChoice {
    var choice = self
    (choice.best, choice.isInPlace) = (plan, false)
    return choice
  }

  /// Takes what a search for an order has proved.
  ///
  /// - Parameter slotBound: what no plan is below in which tensors of loops share addresses, where there are such plans.
  mutating func prove(_ ordered: [Arranger.OrderedGraph], slotBound: Int?) {
    peakBound = max(peakBound, ordered.first?.lowerBound ?? 0)
    lowerBound = slotBound ?? peakBound
    statesExpanded = max(statesExpanded, ordered.reduce(0) { $0 + $1.statesExpanded })
  }
}
