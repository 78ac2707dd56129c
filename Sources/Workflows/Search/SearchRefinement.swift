/// Candidates that differ from a good one in a single setting.
struct SearchRefinement {
  private let entries: [SearchState.Entry]
  private let originalMACs: Int
  private let otherSamples: Int?

  private typealias Candidate = SearchCandidate

  /// Pruning beyond this is not looked for between tried fractions.
  private static let percentLimit = 80
  private static let precisePercent = 10

  init(_ state: SearchState, otherSamples: Int?) {
    entries = state.entries
    originalMACs = state.before.model.macs
    self.otherSamples = otherSamples
  }

  func neighbors(of candidate: SearchCandidate) -> [SearchCandidate] {
    (amounts(candidate) + decompositions(candidate) + quantizations(candidate)).map(withoutTwins)
  }

  /// The candidate with the least pruned share that has been found to take just as many channels away.
  private func withoutTwins(_ candidate: SearchCandidate) -> SearchCandidate {
    guard let macs = macs(prunedBy: candidate.prunePercent), Self.decomposition(candidate) == nil else {
      return candidate
    }
    let twins = entries.map(\.candidate.prunePercent).filter { $0 > 0 && self.macs(prunedBy: $0) == macs }
    return Self.candidate(candidate, prunedBy: twins.min() ?? candidate.prunePercent)
  }

  /// Multiply-accumulates of the model pruned by so many percent, as far as it has been measured.
  private func macs(prunedBy percent: Int) -> Int? {
    guard percent > 0 else { return nil }
    let entry = entries.first { $0.figures != nil && $0.candidate.preparations == [.prune(percent: percent)] }
    return entry?.figures?.model.macs
  }

  /// The next fractions that other candidates have been pruned by, and the middles between.
  private func amounts(_ candidate: SearchCandidate) -> [SearchCandidate] {
    let own = candidate.prunePercent
    let others = entries.map(\.candidate).filter { Self.isAlike($0, candidate) }.map(\.prunePercent) + [0]
    let below = others.filter { $0 < own }.max()
    let above = others.filter { $0 > own }.min()
    let middles = [(below, own), (own, above ?? Self.percentLimit)].compactMap { low, high in
      low.flatMap { middle(from: reach(of: $0, for: candidate), to: high) }
    }
    return ([below, above].compactMap(\.self) + middles).map { Self.candidate(candidate, prunedBy: $0) }
  }

  private func middle(from low: Int, to high: Int) -> Int? { high - low > 1 ? (low + high) / 2 : nil }

  /// The largest percent for which just as many channels go as for this one: few channels save much each.
  private func reach(of percent: Int, for candidate: SearchCandidate) -> Int {
    guard originalMACs > 0, Self.decomposition(candidate) == nil else { return percent }
    guard let macs = macs(prunedBy: percent), (0...originalMACs).contains(macs) else { return percent }
    return max(percent, Int(100 * Double(originalMACs - macs) / Double(originalMACs)))
  }

  /// Whether pruned models of one are of use for the other: the same decomposition, in the same place.
  private static func isAlike(_ left: SearchCandidate, _ right: SearchCandidate) -> Bool {
    decomposition(left) == decomposition(right)
      && (left.preparations.count < 2 || right.preparations.count < 2
        || left.preparations[0].isPruning == right.preparations[0].isPruning)
  }

  private static func decomposition(_ candidate: SearchCandidate) -> SearchCandidate.Preparation? {
    candidate.preparations.first { !$0.isPruning }
  }

  private static func candidate(_ candidate: SearchCandidate, prunedBy percent: Int) -> SearchCandidate {
    var result = candidate
    guard percent > 0 else {
      result.preparations.removeAll(where: \.isPruning)
      return result
    }
    if let index = result.preparations.firstIndex(where: \.isPruning) {
      result.preparations[index] = .prune(percent: percent)
    } else {
      result.preparations.append(.prune(percent: percent))
    }
    return result
  }

  /// Other thin layers, none, and the other order.
  private func decompositions(_ candidate: SearchCandidate) -> [SearchCandidate] {
    guard case .decompose(let goal, let error)? = Self.decomposition(candidate) else {
      return Candidate.Goal.allCases.map { goal in
        var result = candidate
        result.preparations.append(.decompose(goal, errorPermille: SearchSpace.errorPermilles[0]))
        return result
      }
    }
    var forms = SearchSpace.errorPermilles.filter { $0 != error }.map {
      Candidate.Preparation.decompose(goal, errorPermille: $0)
    }
    forms.append(.decompose(goal == .macs ? .bytes : .macs, errorPermille: error))
    var result = forms.map { form in
      var other = candidate
      other.preparations = other.preparations.map { $0.isPruning ? $0 : form }
      return other
    }
    var without = candidate
    without.preparations.removeAll { !$0.isPruning }
    var turned = candidate
    turned.preparations.reverse()
    result += [without, turned]
    return result
  }

  /// One other setting of quantization.
  private func quantizations(_ candidate: SearchCandidate) -> [SearchCandidate] {
    guard let own = candidate.quantization, own.precision.isInteger else { return [] }
    var forms: [Candidate.Quantization] = []
    func add(_ change: (inout Candidate.Quantization) -> Void) {
      var form = own
      change(&form)
      forms.append(form)
    }
    add { $0.ranges = own.ranges == .minMax ? .auto : .minMax }
    add { $0.isPerChannelDense.toggle() }
    add { $0.roundsTogether.toggle() }
    add { $0.equalizes.toggle() }
    if own.precision != .int16x8 {
      add { $0.precisePercent = own.precisePercent == nil ? Self.precisePercent : nil }
    }
    if let otherSamples { add { $0.samples = own.samples == nil ? otherSamples : nil } }
    return forms.map { Candidate(candidate.preparations, $0) }
  }
}
