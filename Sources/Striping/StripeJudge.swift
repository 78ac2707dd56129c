/// Judges a plan of stripes by going through its turns row by row, with none of the algebra that made it.
package enum StripeJudge {
  /// What a row in memory holds.
  private enum Row: Equatable {
    /// A row of the map, rightly computed.
    case right(Int)
    /// Zeros of the map's padding, at that row.
    case border(Int)
    /// Anything.
    case wrong
  }

  /// What is wrong with a plan, as a sentence without a full stop; nil where every row of the result is computed
  /// at least once, last from rows that exist and are right.
  package static func fault(of plan: StripePlan, _ source: StripeSource) -> String? {
    var walk = Walk(plan, source)
    for turn in 0..<plan.turns {
      if let fault = walk.run(turn) { return fault }
    }
    let height = plan.run.maps[plan.run.sink].height
    if source.result.isMoving, plan.turns * plan.rowsPerTurn < height {
      return "the turns make fewer rows than the result has"
    }
    for row in 0..<height where walk.result[row] != .right(row) {
      return "row \(row) of the result is not right in the end"
    }
    return nil
  }

  private struct Walk {
    let plan: StripePlan
    let source: StripeSource
    /// Rows in the source's memory.
    var memory: [Row]
    /// Rows kept of each map.
    var kept: [[Row]]
    var result: [Row]

    init(_ plan: StripePlan, _ source: StripeSource) {
      self.plan = plan
      self.source = source
      let height = plan.run.maps[0].height
      memory = (0..<source.rows).map { place in
        let row = place - source.roomRows - source.above
        if place < source.roomRows { return .wrong }
        return (0..<height).contains(row) ? .right(row) : .border(row)
      }
      kept = plan.maps.map { map in (0..<map.keptRows).map { .border(map.first + $0) } }
      result = Array(repeating: .wrong, count: plan.run.maps[plan.run.sink].height)
    }

    mutating func run(_ turn: Int) -> String? {
      var blocks: [[Row]] = [[]]
      for index in plan.run.layers.indices {
        var inputs: [[Row]] = []
        for input in plan.run.layers[index].inputs {
          guard let rows = rows(of: input, for: index, in: turn, blocks) else {
            return "turn \(turn): layer \(index) reads rows of map \(input) that are not there"
          }
          inputs.append(rows)
        }
        let map = index + 1
        var fresh = computed(index, inputs, in: turn)
        let start = turn * plan.maps[map].rate + plan.maps[map].firstFresh
        for row in plan.borderRows(of: map, in: turn) { fresh[row - start] = .border(row) }
        let block = (plan.maps[map].isCarried ? kept[map] : []) + fresh
        if map < plan.run.sink { kept[map] = block.suffix(plan.maps[map].keptRows) }
        blocks.append(block)
      }
      return store(blocks[plan.run.sink], turn)
    }

    /// The rows that a layer reads; nil where there are fewer.
    private func rows(of map: Int, for layer: Int, in turn: Int, _ blocks: [[Row]]) -> [Row]? {
      let reading = plan.reading(layer)
      let block = map == 0 ? memory : blocks[map]
      let first =
        map == 0 ? source.firstRow(of: layer, in: turn) : reading.first - plan.maps[map].first
      guard first >= 0, first + reading.rows <= block.count else { return nil }
      return Array(block[first..<(first + reading.rows)])
    }

    private func computed(_ layer: Int, _ inputs: [[Row]], in turn: Int) -> [Row] {
      let window = plan.run.layers[layer].window
      let map = plan.maps[layer + 1]
      let height = plan.run.maps[layer + 1].height
      return (0..<map.freshRows).map { position in
        let row = turn * map.rate + map.firstFresh + position
        guard (0..<height).contains(row) else { return .wrong }
        for (input, rows) in zip(plan.run.layers[layer].inputs, inputs) {
          for tap in 0..<window.extent {
            let wanted = row * window.stride / window.repeats - window.paddingBefore + tap
            let isInside = (0..<plan.run.maps[input].height).contains(wanted)
            let found = rows[position * window.stride / window.repeats + tap]
            if found != (isInside ? .right(wanted) : .border(wanted)) { return .wrong }
          }
        }
        return .right(row)
      }
    }

    private mutating func store(_ rows: [Row], _ turn: Int) -> String? {
      if source.result.isMoving {
        result = Array((result + rows).suffix(result.count))
        return source.result == .onSourceMoving ? spoil(to: (turn + 1) * rows.count, turn) : nil
      }
      let first = plan.sinkRow(in: turn)
      guard first + rows.count <= result.count else { return "turn \(turn) stores behind the result" }
      result.replaceSubrange(first..<(first + rows.count), with: rows)
      return source.result == .onSource ? spoil(to: first + rows.count, turn) : nil
    }

    /// Marks what the first rows of the result take of the source's memory, or push out of it.
    private mutating func spoil(to row: Int, _ turn: Int) -> String? {
      let end = row * plan.run.maps[plan.run.sink].rowBytes
      let height = plan.run.maps[0].rowBytes
      if source.result == .onSource, end > memory.count * height {
        return "turn \(turn) stores behind the source's memory"
      }
      for row in 0..<min(memory.count, (end + height - 1) / height) { memory[row] = .wrong }
      return nil
    }
  }
}
