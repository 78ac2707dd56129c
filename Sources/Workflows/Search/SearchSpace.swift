import Tensors

/// Which candidates a search tries, and in which order.
///
/// The whole model at every precision comes first, then a coarse grid of pruning and decomposition in seeded
/// order at the precisions that proved usable, then the neighbours of the Pareto front.
package struct SearchSpace: Sendable {
  package let seed: UInt64
  /// Whether integer models keep float32 inputs and outputs.
  package let hasFloatPorts: Bool
  /// Another number of calibration samples to try; nil for the default one only.
  package let otherSamples: Int?

  typealias Candidate = SearchCandidate

  private static let percents = [5, 10, 20, 30, 50, 70]
  private static let mixedPercents = [30, 50]
  /// Thousandths of the answers' variance that a decomposition may change.
  static let errorPermilles = [3, 10]

  package init(seed: UInt64, hasFloatPorts: Bool = false, otherSamples: Int? = nil) {
    self.seed = seed
    self.hasFloatPorts = hasFloatPorts
    self.otherSamples = otherSamples
  }

  /// At most `count` candidates to try next; none where the space is exhausted.
  ///
  /// All of them belong to one part of the search, so that the next part sees what this one found.
  package func next(_ count: Int, after state: SearchState) -> [SearchCandidate] {
    let tried = Set(state.entries.map(\.candidate.key))
    let idle = Self.idleDecompositions(in: state)
    for part in [whole(after: state), coarse(after: state), refinements(of: state)] {
      var seen = tried
      let new = part.filter { candidate in
        !candidate.preparations.contains(where: idle.contains) && seen.insert(candidate.key).inserted
      }
      if !new.isEmpty { return Array(new.prefix(count)) }
    }
    return []
  }

  /// Decompositions that find nothing to do in the whole model, and so are not tried in pruned ones.
  private static func idleDecompositions(in state: SearchState) -> [SearchCandidate.Preparation] {
    state.entries.compactMap { entry in
      guard entry.refusal != nil, entry.candidate.preparations.count == 1 else { return nil }
      return entry.candidate.preparations.first { !$0.isPruning }
    }
  }

  /// Every precision of the model as it is; floats where no integer form exists.
  func whole(after state: SearchState) -> [SearchCandidate] {
    let precisions: [SearchCandidate.Precision] = [.int8, .int16x8, .dynamic, .float16]
    var result = [Candidate()] + precisions.map { Candidate([], quantization($0)) }
    if !hasFloatPorts { result.append(Candidate([], .init(.int8, hasFloatPorts: true))) }
    let int8 = state.entries.first { $0.candidate == Candidate([], quantization(.int8)) }
    if let int8, int8.figures == nil { result.append(Candidate([], quantization(.int8Fallback))) }
    return result
  }

  /// Pruning, decomposition and both, at the precisions that may win.
  func coarse(after state: SearchState) -> [SearchCandidate] {
    let usable = usableForms(in: state)
    let main = usable.first.flatMap(\.self)
    var grid = Self.percents.flatMap { percent in
      usable.map { Candidate([.prune(percent: percent)], $0) }
    }
    for goal in Candidate.Goal.allCases {
      let thin = Candidate.Preparation.decompose(goal, errorPermille: Self.errorPermilles[0])
      grid.append(Candidate([thin], main))
      for percent in Self.mixedPercents {
        grid.append(Candidate([.prune(percent: percent), thin], main))
        grid.append(Candidate([thin, .prune(percent: percent)], main))
      }
    }
    var random = SeededRandom(seed: seed)
    random.shuffle(&grid)
    return grid
  }

  /// The forms of the whole model that are contenders, the most promising first.
  private func usableForms(in state: SearchState) -> [SearchCandidate.Quantization?] {
    let known = Set(state.contenders.map(\.candidate))
    let forms: [SearchCandidate.Quantization?] =
      [.int8, .int8Fallback, .int16x8, .dynamic, .float16].map(quantization) + [nil]
    return forms.filter { known.contains(Candidate([], $0)) }
  }

  private func quantization(_ precision: SearchCandidate.Precision) -> SearchCandidate.Quantization {
    .init(precision, hasFloatPorts: hasFloatPorts)
  }

  /// Settings of quantization move the accuracy by as much: what is so near the front may get onto it.
  private static let slack = 0.002

  /// Around each member of the front, and each candidate close to it, in seeded order.
  func refinements(of state: SearchState) -> [SearchCandidate] {
    let refinement = SearchRefinement(state, otherSamples: otherSamples)
    var result = ParetoFront(state.contenders, slack: Self.slack).members.flatMap {
      refinement.neighbors(of: $0.candidate)
    }
    var random = SeededRandom(seed: seed &+ UInt64(state.entries.count))
    random.shuffle(&result)
    return result
  }
}
