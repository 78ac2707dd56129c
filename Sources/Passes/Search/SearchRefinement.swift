/// Candidates that differ from a good one in a single setting.
struct SearchRefinement {
  private let entries: [SearchState.Entry]
  private let otherSamples: Int?

  private typealias Candidate = SearchCandidate

  /// Pruning beyond this is not looked for between tried fractions.
  private static let percentLimit = 80

  init(_ state: SearchState, otherSamples: Int?) {
    entries = state.entries
    self.otherSamples = otherSamples
  }

  func neighbors(of candidate: SearchCandidate) -> [SearchCandidate] {
    amounts(candidate) + decompositions(candidate) + quantizations(candidate)
  }

  /// The next fractions that other candidates have been pruned by, and the middles between.
  private func amounts(_ candidate: SearchCandidate) -> [SearchCandidate] {
    let own = candidate.prunePercent
    let others = entries.map(\.candidate).filter { Self.isAlike($0, candidate) }.map(\.prunePercent) + [0]
    let below = others.filter { $0 < own }.max()
    let above = others.filter { $0 > own }.min()
    var percents = [below, above].compactMap(\.self)
    for end in [below, above ?? Self.percentLimit].compactMap(\.self) where abs(end - own) > 1 {
      percents.append((own + end) / 2)
    }
    return percents.map { Self.candidate(candidate, prunedBy: $0) }
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
    add { $0.ranges = own.ranges == .minMax ? .best : .minMax }
    add { $0.isPerChannelDense.toggle() }
    if own.precision != .int16x8 { add { $0.equalizes.toggle() } }
    if let otherSamples { add { $0.samples = own.samples == nil ? otherSamples : nil } }
    return forms.map { Candidate(candidate.preparations, $0) }
  }
}
