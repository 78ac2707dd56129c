/// Best-first search over sets of executed steps for an order with the lowest peak.
///
/// States come off the queue by (bound on their peak, fewest steps left); equal sets of steps are one
/// state, kept with the lower peak. Steps that cannot hurt are run at once.
struct OrderSearch {
  let instance: OrderInstance
  let bound: PeakBound
  /// A peak that is good enough: no order needs to be lower.
  let floor: Int
  /// States to expand at the most.
  let stateBudget: Int
  let ideas: OrderSearchIdeas

  struct Result {
    /// The best order found below the incumbent, or nil where there is none.
    var schedule: Schedule?
    /// No order has a peak below this.
    var lowerBound: Int
    var statesExpanded = 0
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

  /// Looks for an order whose peak is below `incumbent`.
  func run(below incumbent: Int) -> Result {
    var table = StateTable(width: instance.width, mergesEqual: ideas.contains(.equalStates))
    var queue = MinHeap<Entry>()
    var expanded = 0
    var start = PartialOrder(startOf: instance)
    start.runHarmlessSteps(within: floor, in: instance, ideas)
    var room = Room(parent: start, child: start)
    push(start, parent: -1, below: incumbent, into: &table, &queue, &room.bounds)
    while let entry = queue.pop() {
      let state = table.states[entry.state]
      guard !state.isExpanded, state.boundBytes == entry.bound else { continue }
      if entry.remaining == 0 {
        let schedule = Schedule(order: table.steps(to: entry.state), peakBytes: state.peakBytes)
        return Result(schedule: schedule, lowerBound: entry.bound, statesExpanded: expanded)
      }
      guard expanded < stateBudget else {
        return Result(schedule: nil, lowerBound: entry.bound, statesExpanded: expanded)
      }
      expanded += 1
      expand(entry.state, below: incumbent, &table, &queue, &room)
    }
    return Result(schedule: nil, lowerBound: incumbent, statesExpanded: expanded)
  }

  private func expand(
    _ index: Int, below incumbent: Int, _ table: inout StateTable, _ queue: inout MinHeap<Entry>,
    _ room: inout Room
  ) {
    table.markExpanded(index)
    table.load(index, into: &room.parent)
    for place in room.parent.ready.indices {
      let step = room.parent.ready[place]
      let peak = room.parent.liveBytes + instance.stepBytes(of: step, after: room.parent.executed)
      guard peak < incumbent else { continue }
      room.child.become(room.parent)
      room.child.run(step, in: instance)
      room.child.runHarmlessSteps(within: max(room.child.peakBytes, floor), in: instance, ideas)
      push(room.child, parent: index, below: incumbent, into: &table, &queue, &room.bounds)
    }
  }

  private func push(
    _ partial: PartialOrder, parent: Int, below incumbent: Int, into table: inout StateTable,
    _ queue: inout MinHeap<Entry>, _ bounds: inout [Int]
  ) {
    guard let index = table.record(partial, parent: parent) else { return }
    let ahead =
      ideas.contains(.lookahead) ? bound.remaining(after: partial.executed, in: instance, &bounds) : 0
    let lowest = max(partial.peakBytes, floor, ahead)
    guard lowest < incumbent else { return }
    table.setBound(lowest, of: index)
    let remaining = instance.stepCount - Int(table.states[index].executedCount)
    queue.push(Entry(bound: lowest, remaining: remaining, liveBytes: partial.liveBytes, state: index))
  }
}
