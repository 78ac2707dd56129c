/// Best-first search over sets of steps, from one end of the order, for an order with the lowest peak.
///
/// States come off the queue by (bound on their peak, fewest steps left); equal sets of steps are one
/// state, kept with the lower peak. Steps that cannot hurt are run at once.
struct OrderSearch {
  private let instance: OrderInstance
  private let bound: PeakBound
  /// A peak that is good enough: no order needs to be lower.
  private let floor: Int
  private let incumbent: Int
  private let ideas: OrderSearchIdeas
  private var table: StateTable
  private var queue = MinHeap<Entry>()
  private var room: Room
  /// What was found so far.
  private(set) var result: Result
  /// Whether an order was found, or all were ruled out.
  private(set) var isDone = false

  struct Result: Equatable {
    /// The best order found below the incumbent, or nil where there is none.
    var schedule: Schedule?
    /// No order has a peak below this.
    var lowerBound: Int
    var statesExpanded = 0
    /// Whether the search by the lowest bound came to its end, as it does with any larger budget.
    var isDirect = false
  }

  private struct Entry: Comparable {
    let bound: Int
    let remaining: Int
    let liveBytes: Int
    let state: Int

    static func < (left: Entry, right: Entry) -> Bool {
      (left.bound, left.remaining, left.liveBytes, left.state)
        < (right.bound, right.remaining, right.liveBytes, right.state)
    }
  }

  /// Memory that all states of a search share.
  private struct Room {
    var parent: PartialOrder
    var child: PartialOrder
    var bounds: [Int] = []
  }

  /// - Parameter incumbent: only orders whose peak is below are looked for.
  init(
    _ instance: OrderInstance, _ bound: PeakBound, floor: Int, below incumbent: Int,
    _ ideas: OrderSearchIdeas
  ) {
    self.instance = instance
    self.bound = bound
    self.floor = floor
    self.incumbent = incumbent
    self.ideas = ideas
    table = StateTable(width: instance.width, mergesEqual: ideas.contains(.equalStates))
    var start = PartialOrder(startOf: instance)
    start.runHarmlessSteps(within: floor, in: instance, ideas)
    start.sortBranches(in: instance)
    room = Room(parent: start, child: start)
    result = Result(schedule: nil, lowerBound: min(floor, incumbent))
    push(start, parent: -1)
  }

  /// Goes on until an order is found, all are ruled out, or so many more states are expanded.
  mutating func run(states: Int) {
    var left = states
    while !isDone {
      guard let entry = queue.pop() else { return finish(bound: incumbent) }
      let state = table.states[entry.state]
      guard !state.isExpanded, state.boundBytes == entry.bound else { continue }
      result.lowerBound = max(result.lowerBound, entry.bound)
      if entry.remaining == 0 {
        result.schedule = table.schedule(to: entry.state, in: instance)
        return finish(bound: entry.bound)
      }
      guard left > 0 else { return queue.push(entry) }
      left -= 1
      result.statesExpanded += 1
      expand(entry.state)
    }
  }

  private mutating func finish(bound: Int) {
    result.lowerBound = bound
    isDone = true
  }

  private mutating func expand(_ index: Int) {
    table.markExpanded(index)
    table.load(index, into: &room.parent)
    // No order that goes on from here stays below this, so that what stays within it cannot hurt.
    let lowest = table.states[index].boundBytes
    for place in room.parent.ready.indices {
      let step = room.parent.ready[place]
      let peak = room.parent.liveBytes + instance.bytes(of: step, after: room.parent.executed).peak
      guard peak < incumbent else { continue }
      room.child.become(room.parent)
      room.child.run(step, in: instance)
      room.child.runHarmlessSteps(within: max(room.child.peakBytes, lowest), in: instance, ideas)
      room.child.sortBranches(in: instance)
      push(room.child, parent: index)
    }
  }

  private mutating func push(_ partial: PartialOrder, parent: Int) {
    guard let index = table.record(partial, parent: parent) else { return }
    let ahead =
      ideas.contains(.lookahead) ? bound.remaining(after: partial.executed, in: instance, &room.bounds) : 0
    let lowest = max(partial.peakBytes, floor, ahead)
    guard lowest < incumbent else { return }
    table.setBound(lowest, of: index)
    let remaining = instance.stepCount - Int(table.states[index].executedCount)
    queue.push(Entry(bound: lowest, remaining: remaining, liveBytes: partial.liveBytes, state: index))
  }
}
