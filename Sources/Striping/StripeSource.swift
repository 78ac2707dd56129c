/// How a run reads its source, and where its result stands.
///
/// The source stands in memory with rows of padding above and below. A layer reads its rows at an index that is
/// moved so that they exist; rows that are read from elsewhere so are never part of the result.
package struct StripeSource: Sendable, Equatable {
  package let plan: StripePlan
  /// Rows of padding above and below.
  package let above: Int
  package let below: Int
  /// Rows above the padding which make room for a result that grows faster than the source is used up.
  package let roomRows: Int
  package let result: Result

  /// Where a turn's rows of the result go.
  package enum Result: Sendable, Equatable, CaseIterable {
    /// To their rows in memory of their own.
    case apart
    /// To their rows, which lie on the source from the first row of room on.
    case onSource
    /// Behind those of the turns before, in memory of their own, in which all rows move up to make room for them.
    case apartMoving
    /// Behind the source's last row; what the source's memory holds moves up to make room for them.
    case onSourceMoving

    package var isOnSource: Bool { self == .onSource || self == .onSourceMoving }
    package var isMoving: Bool { self == .apartMoving || self == .onSourceMoving }
  }

  package init(_ plan: StripePlan, _ result: Result) {
    self.plan = plan
    self.result = result
    (above, below) = Self.padding(plan)
    roomRows = result.isOnSource ? Self.room(plan, result, above: above, below: below) : 0
  }

  /// With a given number of rows of room, right or not.
  init(_ plan: StripePlan, _ result: Result = .onSource, roomRows: Int) {
    self.plan = plan
    self.roomRows = roomRows
    self.result = result
    (above, below) = Self.padding(plan)
  }

  /// Rows in memory: room, padding, the source, padding.
  package var rows: Int { roomRows + above + plan.run.maps[0].height + below }
  package var bytes: Int { rows * plan.run.maps[0].rowBytes }
  /// Whether the source stands there as it comes.
  package var isPlain: Bool { rows == plan.run.maps[0].height }

  /// The row in memory, before anything moved, from which on a layer reads the source in a turn.
  package func firstRow(of layer: Int, in turn: Int) -> Int {
    roomRows + Self.firstRow(of: layer, in: turn, plan, above: above, below: below)
  }

  /// The byte in memory from which on a layer reads the source in a turn.
  package func firstByte(of layer: Int, in turn: Int) -> Int {
    let moved = result == .onSourceMoving ? turn * Self.turnBytes(plan) : 0
    return firstRow(of: layer, in: turn) * plan.run.maps[0].rowBytes - moved
  }

  /// Bytes of the result that a turn makes.
  private static func turnBytes(_ plan: StripePlan) -> Int {
    plan.rowsPerTurn * plan.run.maps[plan.run.sink].rowBytes
  }

  /// Counted from the first row of padding.
  private static func firstRow(
    of layer: Int, in turn: Int, _ plan: StripePlan, above: Int, below: Int
  ) -> Int {
    let reading = plan.reading(layer)
    let wanted = turn * plan.maps[0].rate + reading.first + above
    return min(max(0, wanted), max(0, above + plan.run.maps[0].height + below - reading.rows))
  }

  /// Rows that layers read above and below the source in turns that make rows of their maps.
  private static func padding(_ plan: StripePlan) -> (above: Int, below: Int) {
    let height = plan.run.maps[0].height
    var (above, below) = plan.run.borders(of: 0)
    for layer in plan.run.consumers(of: 0) {
      let reading = plan.reading(layer)
      let made = plan.maps[layer + 1]
      let rows = 0..<plan.run.maps[layer + 1].height
      for turn in 0..<plan.turns {
        let start = turn * made.rate + made.firstFresh
        guard rows.overlaps(start..<(start + made.freshRows)) else { continue }
        let first = turn * plan.maps[0].rate + reading.first
        above = max(above, -first)
        below = max(below, first + reading.rows - height)
      }
    }
    return (above, below)
  }

  /// Rows of room: what turns before wrote, or moved away, must end before all that is still read.
  private static func room(_ plan: StripePlan, _ result: Result, above: Int, below: Int) -> Int {
    let run = plan.run
    let (own, other) = (run.maps[0], run.maps[run.sink])
    let readers = run.consumers(of: 0)
    var next = Int.max
    var missing = max(0, other.height * other.rowBytes - (above + own.height + below) * own.rowBytes)
    for turn in (0..<plan.turns).reversed() {
      let first = readers.map { firstRow(of: $0, in: turn, plan, above: above, below: below) }.min() ?? 0
      if result == .onSourceMoving {
        missing = max(missing, turn * turnBytes(plan) - first * own.rowBytes)
        continue
      }
      let end = (plan.sinkRow(in: turn) + plan.rowsPerTurn) * other.rowBytes
      if next < .max { missing = max(missing, end - next * own.rowBytes) }
      next = min(next, first)
    }
    return (missing + own.rowBytes - 1) / own.rowBytes
  }
}
