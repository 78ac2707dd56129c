import Tensors

/// Exact search for a placement without overlaps that ends within a given arena.
///
/// Every placement can be pressed down until each buffer stands on the floor or on another. The floors of the sections
/// are a skyline; a valley is a stretch of equal floors between higher ones. What is live in a section of
/// a valley and can stand on its floor lies in the valley altogether, so that either one of these buffers does, or
/// the section's floor is raised to where the next one can stand: each placement is met once, whichever valley is
/// taken. The search takes the section with the fewest choices of all valleys. What it has from minimalloc (Moffitt,
/// ASPLOS 2023): sections and the bound of their floors and unplaced bytes, floors not beneath the lowest
/// unplaced buffer, parts that nothing unplaced connects, rankings in turn with growing budgets.
struct ValleySearch {
  enum Outcome {
    case found
    /// No placement ends within the limit.
    case impossible
    case budgetSpent
  }

  struct Frame {
    /// Sections of the part.
    let part: Range<Int>
    let section: Int
    /// The decision that made the part; -1 for the first parts.
    let parent: Int
    /// Parts that wait behind this one: the head of a list in `agenda`.
    let waiting: Int
    let agendaCount: Int
    let choicesStart: Int
    var next: Int
    let choicesEnd: Int
    let undoCount: Int
    /// Nil where the part is too long to be remembered.
    let key: StateKey?
  }

  struct Waiting {
    let part: Range<Int>
    let parent: Int
    let next: Int
  }

  enum Change {
    case floor(section: Int, old: Int, oldChoices: Int)
    case offset(buffer: Int, old: Int)
    case placed(buffer: Int)
  }

  let sections: ValleySections
  let size: [Int]
  let alignment: [Int]
  /// The buffer before this one of the same size and life; -1 where there is none.
  let twin: [Int]
  let ideas: PlacementIdeas
  var rank: [Int]
  /// Lowest starts of unplaced buffers, and the starts of placed ones.
  var offsets: [Int]
  var isPlaced: [Bool]
  var residents: [Int]
  var places: [Int]
  var floors: [Int]
  /// Unplaced buffers of a section that can stand on its floor.
  var choices: [Int]
  var unplacedBytes: [Int]
  var unplacedCount: [Int]
  /// Unplaced buffers that are live on both sides of the end of a section.
  var crossing: [Int]
  /// A word for the unplaced buffers that begin in a section.
  var words: [UInt64]
  var undo: [Change] = []
  var frames: [Frame] = []
  var agenda: [Waiting] = []
  var options: [Int] = []
  var states = StateSet()
  var limit = 0
  private(set) var nodes = 0
  var work = 0
  /// How often a section had no room left, over all restarts.
  var weights: [Int]
  var sorted: [(offset: Int, size: Int)] = []

  /// - Precondition: the problem has no overlaps, fixed offsets or empty buffers.
  init(_ problem: PlacementProblem, ideas: PlacementIdeas) {
    let buffers = problem.buffers
    sections = ValleySections(buffers)
    size = buffers.map(\.size)
    alignment = buffers.map(\.alignment)
    twin = Self.twins(of: buffers, sections)
    self.ideas = ideas
    rank = Array(buffers.indices)
    offsets = buffers.map { _ in 0 }
    isPlaced = buffers.map { _ in false }
    residents = sections.residents
    places = sections.places
    let zeros = [Int](repeating: 0, count: sections.count)
    (floors, choices, unplacedBytes, unplacedCount, crossing) = (zeros, zeros, zeros, zeros, zeros)
    words = zeros.map { _ in 0 }
    weights = zeros.map { _ in 1 }
    for index in buffers.indices {
      for section in sections.first[index]..<sections.last[index] {
        unplacedBytes[section] += size[index]
        unplacedCount[section] += 1
        choices[section] += 1
        if section + 1 < sections.last[index] { crossing[section] += 1 }
      }
      words[sections.first[index]] ^= SeededRandom.word(at: index)
    }
  }

  private static func twins(of buffers: [PlacementProblem.Buffer], _ sections: ValleySections) -> [Int] {
    var latest: [[Int]: Int] = [:]
    return buffers.indices.map { index in
      let key = [
        buffers[index].size, sections.first[index], sections.last[index], buffers[index].alignment,
      ]
      let before = latest[key] ?? -1
      latest[key] = index
      return before
    }
  }

  /// Looks for a placement that ends at or below `limit`; where one is found, `offsets` holds it.
  mutating func run(within limit: Int, nodeBudget: Int) -> Outcome {
    if limit != self.limit { states = StateSet() }
    self.limit = limit
    restore(to: 0)
    (frames, agenda, options) = ([], [], [])
    for section in floors.indices where unplacedBytes[section] > limit { return .impossible }
    var head = queue(0..<sections.count, parent: -1, behind: -1)
    let (lastNode, lastWork) = (nodes + nodeBudget, work + nodeBudget * Self.workPerNode)
    while head >= 0 {
      let waiting = agenda[head]
      guard open(waiting) || backtrack(to: waiting.parent) else { return .impossible }
      while true {
        guard nodes < lastNode, work < lastWork else { return .budgetSpent }
        nodes += 1
        let at = frames.count - 1
        if let made = advance(at) {
          head = made
          break
        }
        guard backtrack(to: at) else { return .impossible }
      }
    }
    return .found
  }

  /// Looks at residents of sections that one node may take on average.
  private static var workPerNode: Int { 1_000 }

  /// Makes the frame on top of the one at `parent` the last one that has a choice left.
  private mutating func backtrack(to parent: Int) -> Bool {
    var at = parent
    while at >= 0 {
      let frame = frames[at]
      frames.removeLast(frames.count - at - 1)
      options.removeLast(options.count - frame.choicesEnd)
      agenda.removeLast(agenda.count - frame.agendaCount)
      restore(to: frame.undoCount)
      // Behind the buffers comes the choice that none of them stands there.
      if frame.next <= frame.choicesEnd { return true }
      if ideas.contains(.repeatedStates), let key = frame.key { states.insert(key) }
      at = frame.parent
    }
    return false
  }

  /// Takes the next choice of a frame.
  ///
  /// - Returns: the head of the parts that are left; nil where the choice fails.
  private mutating func advance(_ at: Int) -> Int? {
    let frame = frames[at]
    frames[at].next += 1
    if frame.next < frame.choicesEnd {
      let buffer = options[frame.next]
      guard put(buffer) else { return nil }
      return queue(frame.part, around: buffer, parent: at, behind: frame.waiting)
    }
    guard frame.next == frame.choicesEnd, leaveEmpty(frame) else { return nil }
    return queue(frame.part, parent: at, behind: frame.waiting)
  }

  private mutating func queue(_ part: Range<Int>, parent: Int, behind next: Int) -> Int {
    queue(part, cutAfter: part.dropLast(), parent: parent, behind: next)
  }

  /// The parts into which a part falls without a buffer.
  private mutating func queue(_ part: Range<Int>, around buffer: Int, parent: Int, behind next: Int) -> Int {
    guard ideas.contains(.connectedParts) else {
      guard part.contains(where: { unplacedCount[$0] > 0 }) else { return next }
      agenda.append(Waiting(part: part, parent: parent, next: next))
      return agenda.count - 1
    }
    let inner = sections.first[buffer]..<sections.last[buffer] - 1
    return queue(part, cutAfter: inner, parent: parent, behind: next)
  }

  /// Cuts a part after those of some sections that no unplaced buffer crosses, and queues what is not empty.
  private mutating func queue(
    _ part: Range<Int>, cutAfter sections: Range<Int>, parent: Int, behind next: Int
  ) -> Int {
    var head = next
    var start = part.lowerBound
    for section in sections where crossing[section] == 0 {
      head = queue(whole: start..<section + 1, parent: parent, behind: head)
      start = section + 1
    }
    return queue(whole: start..<part.upperBound, parent: parent, behind: head)
  }

  /// - Precondition: something unplaced begins the part, or nothing in it is unplaced.
  private mutating func queue(whole part: Range<Int>, parent: Int, behind next: Int) -> Int {
    guard !part.isEmpty, unplacedCount[part.lowerBound] > 0 else { return next }
    agenda.append(Waiting(part: part, parent: parent, next: next))
    return agenda.count - 1
  }
}
