/// Chooses regions in the sequence in which buffers begin, and keeps one best choice for each way in which
/// the buffers that are still live can be spread.
///
/// Exact but for one thing: bytes that are live in a region at one time are counted, not placed. Choices whose
/// buffers turned out to have no placement are ruled out by cuts.
struct RegionSweep {
  /// Buffers that have no placement together in a region.
  struct Cut: Equatable {
    let region: Int
    let buffers: [Int]
  }

  /// The best choice; nil where none that is better than a known one was found.
  private(set) var regions: [Int]?
  /// The score of the best choice.
  private(set) var score = 0
  /// Whether no state was dropped to stay within the effort.
  private(set) var isComplete = true
  /// States that were made.
  private(set) var states = 0

  private struct State {
    /// Regions of the tracked buffers, in their sequence.
    var regions: [UInt8]
    var score: Int
    /// Position of the state before, and the region that was chosen.
    var parent: Int
    var choice: UInt8
  }

  private let problem: RegionProblem
  private let sharing: SharingTable
  private let cuts: [Cut]
  private let sequence: [Int]
  /// The last position in the sequence at which a cut still asks for a buffer's region.
  private var lastAsked: [Int]
  /// By position: the cuts whose last buffer stands there.
  private var cutsAt: [[Int]]

  /// Choices with at most this score are not looked for.
  private let knownScore: Int
  /// By position: the most that is still to come.
  private let remaining: [Int]

  /// - Parameters:
  ///   - width: states that are kept after each buffer.
  ///   - knownScore: choices with at most this score are not looked for.
  init(
    _ problem: RegionProblem, cuts: [Cut], width: Int, knownScore: Int = -1, bound: RegionBound? = nil
  ) {
    self.problem = problem
    self.knownScore = knownScore
    remaining = (bound ?? RegionBound(problem)).remaining
    self.cuts = cuts
    sharing = SharingTable(problem.arena)
    let buffers = problem.arena.buffers
    sequence = problem.sequence
    var position = [Int](repeating: 0, count: buffers.count)
    for (place, buffer) in sequence.enumerated() { position[buffer] = place }
    lastAsked = [Int](repeating: -1, count: buffers.count)
    cutsAt = buffers.map { _ in [] }
    for (number, cut) in cuts.enumerated() {
      let last = cut.buffers.map { position[$0] }.max() ?? 0
      cutsAt[last].append(number)
      for buffer in cut.buffers { lastAsked[buffer] = max(lastAsked[buffer], last) }
    }
    run(width: width)
  }

  private mutating func run(width: Int) {
    let buffers = problem.arena.buffers
    var layers: [[(parent: Int, choice: UInt8)]] = []
    var current = [State(regions: [], score: 0, parent: 0, choice: 0)]
    var tracked: [Int] = []
    for (position, buffer) in sequence.enumerated() {
      let time = buffers[buffer].lower
      let kept = tracked.indices.filter {
        buffers[tracked[$0]].upper > time || lastAsked[tracked[$0]] >= position
      }
      tracked = kept.map { tracked[$0] } + [buffer]
      let coming = sequence[(position + 1)...].prefix { buffers[$0].lower == time }
      let check = LiveCheck(problem, sharing, tracked, coming: Array(coming), time: time)
      current = next(current, kept: kept, buffer: buffer, at: position, tracked: tracked, check)
      if current.count > width {
        isComplete = false
        current = best(width, of: current, tracked: tracked, at: position)
      }
      layers.append(current.map { ($0.parent, $0.choice) })
      if current.isEmpty { return }
    }
    guard let end = current.indices.max(by: { (current[$0].score, -$0) < (current[$1].score, -$1) }) else {
      return
    }
    score = current[end].score
    regions = trace(layers, from: end)
  }

  private mutating func next(
    _ current: [State], kept: [Int], buffer: Int, at position: Int, tracked: [Int], _ check: LiveCheck
  ) -> [State] {
    var result: [State] = []
    var places: [[UInt8]: Int] = [:]
    let choices = problem.choices(of: buffer)
    for (parent, state) in current.enumerated() {
      let regions = kept.map { state.regions[$0] }
      for choice in choices {
        let candidate = State(
          regions: regions + [UInt8(choice)], score: state.score + problem.gain(buffer, in: choice),
          parent: parent, choice: UInt8(choice))
        states += 1
        guard candidate.score + remaining[position + 1] > knownScore else { continue }
        guard check.fits(candidate.regions), !isCut(candidate.regions, tracked, at: position) else {
          continue
        }
        if let place = places[candidate.regions] {
          if result[place].score < candidate.score { result[place] = candidate }
        } else {
          places[candidate.regions] = result.count
          result.append(candidate)
        }
      }
    }
    return result
  }

  private func isCut(_ regions: [UInt8], _ tracked: [Int], at position: Int) -> Bool {
    cutsAt[position].contains { number in
      cuts[number].buffers.allSatisfy { buffer in
        tracked.firstIndex(of: buffer).map { Int(regions[$0]) == cuts[number].region } ?? false
      }
    }
  }

  /// The most promising states: those with the highest score, where a live buffer's part in it grows evenly
  /// from its begin to its end.
  private func best(_ width: Int, of states: [State], tracked: [Int], at position: Int) -> [State] {
    let buffers = problem.arena.buffers
    let time = buffers[sequence[position]].lower
    let unearned = tracked.map { buffer -> [Int] in
      let whole = buffers[buffer].upper - buffers[buffer].lower
      let left = max(0, buffers[buffer].upper - time)
      return problem.capacities.indices.map { region in
        whole.dividingFullWidth(problem.gain(buffer, in: region).multipliedFullWidth(by: left)).quotient
      }
    }
    let promise = states.map { state in
      state.regions.indices.reduce(state.score) { $0 - unearned[$1][Int(state.regions[$1])] }
    }
    return states.indices.sorted { (-promise[$0], $0) < (-promise[$1], $1) }
      .prefix(width).sorted().map { states[$0] }
  }

  private func trace(_ layers: [[(parent: Int, choice: UInt8)]], from end: Int) -> [Int] {
    var regions = [Int](repeating: 0, count: sequence.count)
    var place = end
    for (position, buffer) in sequence.enumerated().reversed() {
      regions[buffer] = Int(layers[position][place].choice)
      place = layers[position][place].parent
    }
    return regions
  }
}
