/// How a run is computed a few rows at a time: for every map how many rows a turn makes, how far it lags, and which
/// rows stay for the next turn.
///
/// In turn t a map has its rows from `t · rate + first` on: those kept from the turn before, then those made anew.
package struct StripePlan: Sendable, Equatable {
  package let run: StripeRun
  /// Rows of the sink that a turn makes.
  package let rowsPerTurn: Int
  package let turns: Int
  /// By map; of the source only the rate.
  package let maps: [MapPlan]

  package struct MapPlan: Sendable, Equatable {
    /// Rows by which a turn moves on.
    package let rate: Int
    /// Rows by which the block of a turn ends before `(t + 1) · rate`.
    package let delay: Int
    /// Rows before the block of a turn that its consumers still read.
    package let history: Int
    /// Whether those rows are kept from turn to turn; otherwise they are made again in every turn.
    package let isCarried: Bool

    /// The first row that turn 0 has.
    package var first: Int { -delay - history }
    /// The first row that turn 0 makes.
    package var firstFresh: Int { isCarried ? -delay : first }
    /// Rows that a turn makes.
    package var freshRows: Int { isCarried ? rate : rate + history }
    /// Rows that are kept for the next turn.
    package var keptRows: Int { isCarried ? history : 0 }
    /// Rows that a turn has.
    package var rows: Int { rate + history }
  }

  /// - Parameters:
  ///   - rowsPerTurn: rows of the sink that a turn makes; they divide its height.
  ///   - carried: by map, whether rows are kept for the next turn; of source and sink it does not matter.
  ///   - lags: by map, rows by which its block lags more than it must: fewer of its rows are kept then, and more of those
  ///     that it is made of. Of source and sink, and of maps behind repeated rows, it is none.
  /// - Throws: `StripingError` where the layers are no run, or cannot go in turns.
  package init(
    _ run: StripeRun, rowsPerTurn: Int, carried: [Bool], lags: [Int] = []
  ) throws(StripingError) {
    try run.check()
    let height = run.maps[run.sink].height
    guard rowsPerTurn > 0, height % rowsPerTurn == 0 else {
      throw .unevenTurns(rows: rowsPerTurn, height: height)
    }
    let rates = try run.rates(sink: rowsPerTurn)
    let lags = run.maps.indices.map { lags.indices.contains($0) && run.mayLag($0) ? max(0, lags[$0]) : 0 }
    let delays = run.delays(rowsPerTurn: rowsPerTurn, lags)
    var plans = zip(rates, delays).map { MapPlan(rate: $0, delay: $1, history: 0, isCarried: true) }
    for map in run.maps.indices.dropLast().dropFirst().reversed() {
      var history = 0
      for index in run.consumers(of: map) {
        let needed = run.layers[index].window.first(for: plans[index + 1].firstFresh)
        history = max(history, -delays[map] - needed)
      }
      let isCarried = carried.indices.contains(map) ? carried[map] : true
      // Rows that are made several from one are made together.
      let repeats = isCarried ? 1 : run.layers[map - 1].window.repeats
      plans[map] = MapPlan(
        rate: rates[map], delay: delays[map], history: (history + repeats - 1) / repeats * repeats,
        isCarried: isCarried)
    }
    self.run = run
    self.rowsPerTurn = rowsPerTurn
    turns = (height + delays[run.sink]) / rowsPerTurn
    maps = plans
  }

  /// Every map carried.
  package init(_ run: StripeRun, rowsPerTurn: Int) throws(StripingError) {
    try self.init(run, rowsPerTurn: rowsPerTurn, carried: run.maps.map { _ in true })
  }

  /// The plan with a map's numbers changed, right or not.
  func with(_ map: Int, delay: Int, history: Int) -> StripePlan {
    var plans = maps
    let old = maps[map]
    plans[map] = MapPlan(
      rate: old.rate, delay: old.delay + delay, history: old.history + history, isCarried: old.isCarried)
    return StripePlan(run: run, rowsPerTurn: rowsPerTurn, turns: turns, maps: plans)
  }

  /// A plan of given numbers, right or not.
  ///
  /// - Throws: `StripingError` where the layers are no run, or the numbers are of another one.
  init(_ run: StripeRun, rowsPerTurn: Int, turns: Int, maps: [MapPlan]) throws(StripingError) {
    try run.check()
    guard maps.count == run.maps.count else { throw .invalidRun("a plan has numbers for every map") }
    guard maps[run.sink].freshRows == rowsPerTurn else {
      throw .invalidRun("a turn makes other rows of the sink than it says")
    }
    self.init(run: run, rowsPerTurn: rowsPerTurn, turns: turns, maps: maps)
  }

  /// By map: rows by which its block lags more than it must.
  package var lags: [Int] {
    maps.indices.map { map in
      map > 0 && run.mayLag(map) ? maps[map].delay - run.leastDelay(of: map, maps.map(\.delay)) : 0
    }
  }

  /// Rows by which a map's block could lag more without any other lagging more than it does.
  package func slack(of map: Int) -> Int {
    guard run.mayLag(map) else { return 0 }
    let room = run.consumers(of: map).map { index in
      let window = run.layers[index].window
      return maps[index + 1].delay * window.stride - (window.extent - window.stride - window.paddingBefore)
        - maps[map].delay
    }
    return max(0, room.min() ?? 0)
  }

  private init(run: StripeRun, rowsPerTurn: Int, turns: Int, maps: [MapPlan]) {
    (self.run, self.rowsPerTurn, self.turns, self.maps) = (run, rowsPerTurn, turns, maps)
  }

  /// Multiply-accumulates of all turns.
  package var work: Int {
    zip(run.layers, maps.dropFirst()).reduce(0) { $0 + $1.0.rowWork * $1.1.freshRows * turns }
  }

  /// What a layer reads of one of its inputs in a turn: rows from `t · rate + first` on.
  package func reading(_ layer: Int) -> (first: Int, rows: Int) {
    let window = run.layers[layer].window
    let made = maps[layer + 1]
    return (
      window.first(for: made.firstFresh),
      window.repeats > 1
        ? made.freshRows / window.repeats : (made.freshRows - 1) * window.stride + window.extent
    )
  }

  /// Rows among those that a turn makes of a map which consumers read as padding, counted from the map's first row.
  package func borderRows(of map: Int, in turn: Int) -> [Int] {
    guard map > 0, map < run.sink else { return [] }
    let (above, below) = run.borders(of: map)
    let height = run.maps[map].height
    let start = turn * maps[map].rate + maps[map].firstFresh
    return (start..<(start + maps[map].freshRows)).filter {
      (-above..<0).contains($0) || (height..<(height + below)).contains($0)
    }
  }

  /// The most rows of padding in one turn.
  package func mostBorderRows(of map: Int) -> Int {
    guard map > 0, map < run.sink else { return 0 }
    let (above, below) = run.borders(of: map)
    let (height, own) = (run.maps[map].height, maps[map])
    var most = 0
    for row in Array(-above..<0) + Array(height..<(height + below)) {
      let place = row - own.firstFresh
      let last = own.rate > 0 ? place.floorDivided(by: own.rate) : turns - 1
      let first = own.rate > 0 ? -((own.freshRows - 1 - place).floorDivided(by: own.rate)) : 0
      for turn in stride(from: max(0, first), through: min(last, turns - 1), by: 1) {
        most = max(most, borderRows(of: map, in: turn).count)
      }
    }
    return most
  }

  /// The row of the sink at which a turn stores what it makes; turns before the first row store at row 0.
  package func sinkRow(in turn: Int) -> Int { max(0, turn * rowsPerTurn - maps[run.sink].delay) }
}

extension StripeRun {
  /// - Throws: `StripingError.invalidRun` where a map is made of later ones, or numbers are not positive.
  fileprivate func check() throws(StripingError) {
    guard layers.count == maps.count - 1, !layers.isEmpty else {
      throw .invalidRun("a run has one layer for each map but the source")
    }
    guard maps.allSatisfy({ $0.height > 0 && $0.rowBytes > 0 }) else { throw .invalidRun("a map is empty") }
    for (index, layer) in layers.enumerated() {
      guard layer.window.extent > 0, layer.window.stride > 0, layer.window.paddingBefore >= 0,
        layer.window.repeats > 0
      else {
        throw .invalidRun("layer \(index) reads no rows")
      }
      guard !layer.inputs.isEmpty, layer.inputs.allSatisfy({ (0...index).contains($0) }) else {
        throw .invalidRun("layer \(index) reads what is not made yet")
      }
    }
    for map in maps.indices.dropLast() where consumers(of: map).isEmpty {
      throw .invalidRun("nothing reads map \(map)")
    }
  }

  /// Rows by which a turn moves over each map.
  fileprivate func rates(sink: Int) throws(StripingError) -> [Int] {
    var rates = [Int](repeating: 0, count: maps.count)
    rates[self.sink] = sink
    for map in maps.indices.dropLast().reversed() {
      let readers = consumers(of: map)
      guard readers.allSatisfy({ rates[$0 + 1] % layers[$0].window.repeats == 0 }) else {
        throw .partialRows(map: map)
      }
      let wanted = readers.map { rates[$0 + 1] * layers[$0].window.stride / layers[$0].window.repeats }
      guard let rate = wanted.first, wanted.allSatisfy({ $0 == rate }) else { throw .unequalRates(map: map) }
      rates[map] = rate
    }
    return rates
  }

  /// Whether a map's block may lag more than it must: neither source nor sink, and nobody repeats its rows.
  fileprivate func mayLag(_ map: Int) -> Bool {
    map > 0 && map < sink && layers[map - 1].window.repeats == 1
      && consumers(of: map).allSatisfy { layers[$0].window.repeats == 1 }
  }

  /// Rows by which each map's block lags: as few as let every row be made of rows that are there.
  fileprivate func delays(rowsPerTurn: Int, _ lags: [Int]) -> [Int] {
    var delays = [Int](repeating: 0, count: maps.count)
    for map in maps.indices.dropFirst() { delays[map] = leastDelay(of: map, delays) + lags[map] }
    delays[sink] = (delays[sink] + rowsPerTurn - 1) / rowsPerTurn * rowsPerTurn
    return delays
  }

  /// Rows by which a map's block must lag, where the maps that it is made of lag by `delays`.
  fileprivate func leastDelay(of map: Int, _ delays: [Int]) -> Int {
    let layer = layers[map - 1]
    let window = layer.window
    let lag = layer.inputs.filter { $0 != 0 }.map {
      delays[$0] + window.extent - window.stride - window.paddingBefore
    }.max()
    return max(0, ((lag ?? 0) + window.stride - 1).floorDivided(by: window.stride)) * window.repeats
  }
}
