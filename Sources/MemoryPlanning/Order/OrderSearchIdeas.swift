/// Ideas of the search for an order. Each can be left out, which shows what it is worth; whatever is left out, orders
/// stay valid and bounds stay bounds.
package struct OrderSearchIdeas: OptionSet, Sendable, Hashable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Start from the best of the greedy, depth-first, breadth-first and given orders; without, from the given one.
  package static let simpleOrders = OrderSearchIdeas(rawValue: 1 << 0)
  /// Cut the steps where every order passes through one state, and solve the pieces apart.
  package static let segments = OrderSearchIdeas(rawValue: 1 << 1)
  /// Stop at a peak that some step has in any order.
  package static let bound = OrderSearchIdeas(rawValue: 1 << 2)
  /// Stop at a peak that another piece has.
  package static let sharedPeak = OrderSearchIdeas(rawValue: 1 << 3)
  /// Add to a state's peak what must still be in use at a later step.
  package static let lookahead = OrderSearchIdeas(rawValue: 1 << 4)
  /// Keep equal sets of executed steps as one state.
  package static let equalStates = OrderSearchIdeas(rawValue: 1 << 5)
  /// Run single steps that cannot hurt at once.
  package static let harmlessSteps = OrderSearchIdeas(rawValue: 1 << 6)
  /// Run chains of steps that cannot hurt at once.
  package static let harmlessChains = OrderSearchIdeas(rawValue: 1 << 7)
  /// Search a beam where the budget of states runs out.
  package static let beam = OrderSearchIdeas(rawValue: 1 << 8)

  /// Merge chains that wait for nothing but themselves into their best order.
  package static let chains = OrderSearchIdeas(rawValue: 1 << 9)
  /// Halve the distance between what is proved and what is found, where the budget does not suffice for a proof.
  package static let deepening = OrderSearchIdeas(rawValue: 1 << 10)

  /// Search stretches around the peaks of what is not proved, and bounds on them.
  package static let windows = OrderSearchIdeas(rawValue: 1 << 11)

  /// Run equal branches in one order.
  package static let equalBranches = OrderSearchIdeas(rawValue: 1 << 12)

  /// Search from the end of the order, too.
  package static let bothEnds = OrderSearchIdeas(rawValue: 1 << 13)

  package static let all = OrderSearchIdeas(rawValue: (1 << 14) - 1)

  /// Every idea with its name.
  package static let named: [(name: String, idea: OrderSearchIdeas)] = [
    ("simple orders", .simpleOrders), ("segments", .segments), ("bound", .bound),
    ("shared peak", .sharedPeak),
    ("lookahead", .lookahead), ("equal states", .equalStates), ("harmless steps", .harmlessSteps),
    ("harmless chains", .harmlessChains), ("beam", .beam), ("chains", .chains), ("deepening", .deepening),
    ("windows", .windows), ("equal branches", .equalBranches),
    ("both ends", .bothEnds),
  ]
}
