/// The sets of executed steps that a search has reached, each with the best way to it.
struct StateTable {
  struct State {
    var hash: UInt64
    var liveBytes: Int
    var peakBytes: Int
    /// No order that continues the state has a lower peak, as far as a search has said.
    var boundBytes: Int
    var parent: Int32
    var isExpanded: Bool
    var moveStart: Int32
    var moveCount: Int32
    var executedCount: Int32
    var readyStart: Int32
    var readyCount: Int32
  }

  private(set) var states: [State] = []
  private let width: Int
  private var executedWords: [UInt64] = []
  private var moves: [Int32] = []
  private var readySteps: [Int32] = []
  private var slots = [Int32](repeating: -1, count: 1 << 10)

  /// Whether equal sets of steps are one state.
  private let mergesEqual: Bool

  init(width: Int, mergesEqual: Bool = true) {
    self.width = width
    self.mergesEqual = mergesEqual
  }

  var count: Int { states.count }

  func executed(_ state: Int) -> [UInt64] {
    Array(executedWords[state * width..<(state + 1) * width])
  }

  /// The state as a partial order from which to go on.
  func partialOrder(_ index: Int) -> PartialOrder {
    let state = states[index]
    let start = Int(state.readyStart)
    return PartialOrder(
      executed: executed(index), hash: state.hash, liveBytes: state.liveBytes, peakBytes: state.peakBytes,
      ready: readySteps[start..<start + Int(state.readyCount)].map(Int.init))
  }

  /// Makes a partial order that of a state, in the memory that it has.
  func load(_ index: Int, into partial: inout PartialOrder) {
    let state = states[index]
    let start = Int(state.readyStart)
    partial.become(
      executedWords[index * width..<(index + 1) * width], state.hash, liveBytes: state.liveBytes,
      peakBytes: state.peakBytes, ready: readySteps[start..<start + Int(state.readyCount)])
  }

  /// Records a way to a set of steps.
  ///
  /// - Returns: the state's index where the set is new or its peak lower than before; nil where a
  ///   way at least as good is known.
  mutating func record(_ partial: PartialOrder, parent: Int) -> Int? {
    guard mergesEqual else { return append(partial, parent: parent) }
    var slot = Int(truncatingIfNeeded: partial.hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if states[index].hash == partial.hash && isSame(partial.executed, as: index) {
        guard partial.peakBytes < states[index].peakBytes else { return nil }
        store(partial, parent: parent, at: index)
        return index
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(states.count)
    let index = append(partial, parent: parent)
    if states.count * 2 > slots.count { grow() }
    return index
  }

  private mutating func append(_ partial: PartialOrder, parent: Int) -> Int {
    executedWords.append(contentsOf: partial.executed)
    states.append(
      State(
        hash: partial.hash, liveBytes: 0, peakBytes: 0, boundBytes: 0, parent: -1, isExpanded: false,
        moveStart: 0, moveCount: 0, executedCount: 0, readyStart: 0, readyCount: 0))
    states[states.count - 1].readyStart = Int32(readySteps.count)
    states[states.count - 1].readyCount = Int32(partial.ready.count)
    for step in partial.ready { readySteps.append(Int32(step)) }
    store(partial, parent: parent, at: states.count - 1)
    return states.count - 1
  }

  mutating func setBound(_ bytes: Int, of state: Int) { states[state].boundBytes = bytes }

  mutating func markExpanded(_ state: Int) { states[state].isExpanded = true }

  /// The order that the recorded way to a complete state makes.
  func schedule(to state: Int, in instance: OrderInstance) -> Schedule {
    let steps = steps(to: state, in: instance)
    return Schedule(
      order: instance.end == .start ? steps : steps.reversed(), peakBytes: states[state].peakBytes)
  }

  /// The steps on the recorded way to a state, from the end at which it begins.
  private func steps(to state: Int, in instance: OrderInstance) -> [Int] {
    var way: [Int] = []
    var current = state
    while current >= 0 {
      way.append(current)
      current = Int(states[current].parent)
    }
    // The step that stands under a name.
    var steps = Array(0..<instance.stepCount)
    var order: [Int] = []
    var set = [UInt64](repeating: 0, count: width)
    for state in way.reversed() {
      let start = Int(states[state].moveStart)
      for move in moves[start..<start + Int(states[state].moveCount)] {
        order.append(steps[Int(move)])
        set[Int(move) >> 6] |= 1 << UInt64(move & 63)
      }
      if let names = instance.renaming(of: set) {
        let before = steps
        for (step, name) in names.enumerated() { steps[name] = before[step] }
      }
      set = executed(state)
    }
    return order
  }

  private mutating func store(_ partial: PartialOrder, parent: Int, at index: Int) {
    let before = parent < 0 ? 0 : states[parent].executedCount
    states[index].liveBytes = partial.liveBytes
    states[index].peakBytes = partial.peakBytes
    states[index].parent = Int32(parent)
    states[index].isExpanded = false
    states[index].moveStart = Int32(moves.count)
    states[index].moveCount = Int32(partial.moves.count)
    states[index].executedCount = before + Int32(partial.moves.count)
    for step in partial.moves { moves.append(Int32(step)) }
  }

  private func isSame(_ executed: [UInt64], as index: Int) -> Bool {
    for word in 0..<width where executed[word] != executedWords[index * width + word] { return false }
    return true
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (index, state) in states.enumerated() {
      var slot = Int(truncatingIfNeeded: state.hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index)
    }
  }
}
