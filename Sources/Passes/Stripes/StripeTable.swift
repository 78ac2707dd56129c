import GraphIR
import Striping

/// The indices of a loop that differ from turn to turn, as rows of one table of int32.
struct StripeTable {
  /// What an index is for.
  enum Slot: Hashable {
    case source(layer: Int)
    case border(map: Int, number: Int)
    /// Where the rows of a turn begin in a map's mask.
    case mask(map: Int)
    case result
  }

  /// An index by turn.
  struct Vector: Equatable {
    let boxes: [[Int]]

    var count: Int { boxes.first?.count ?? 0 }
  }

  private(set) var vectors: [Vector] = []
  private var numbers: [Slot: Int] = [:]
  let turns: Int
  /// Rows of a mask that a turn has, as many for all maps.
  let maskRows: Int

  init(_ striped: StripedRun, _ source: StripeSource, _ form: StripeForm, in graph: Graph) {
    let plan = source.plan
    turns = plan.turns
    let masked = plan.maps.indices.filter { form.isMasked[$0] && plan.mostBorderRows(of: $0) > 0 }
    maskRows = masked.map { plan.maps[$0].freshRows }.max() ?? 0
    for layer in plan.run.consumers(of: 0) {
      note(
        .source(layer: layer),
        (0..<turns).map { turn in
          guard source.result == .onSourceMoving else {
            return striped.box(0, row: source.firstRow(of: layer, in: turn), in: graph)
          }
          let element = (graph[striped.values[0]].elementType.bitWidth ?? 8) / 8
          return [source.firstByte(of: layer, in: turn) / element]
        })
    }
    for map in plan.maps.indices.dropFirst().dropLast() where !form.isMasked[map] {
      for number in 0..<plan.mostBorderRows(of: map) {
        note(
          .border(map: map, number: number),
          (0..<turns).map { turn in
            striped.box(map, row: Self.borderRow(map, number, in: turn, plan), in: graph)
          })
      }
    }
    if !source.result.isMoving {
      note(.result, (0..<turns).map { striped.box(plan.run.sink, row: plan.sinkRow(in: $0), in: graph) })
    }
    for map in masked {
      note(.mask(map: map), (0..<turns).map { striped.box(map, row: $0 * maskRows, in: graph) })
    }
  }

  private mutating func note(_ slot: Slot, _ boxes: [[Int]]) {
    let vector = Vector(boxes: boxes)
    if let same = vectors.firstIndex(of: vector) {
      numbers[slot] = same
    } else {
      numbers[slot] = vectors.count
      vectors.append(vector)
    }
  }

  /// Where a turn writes a row of padding among the rows that it has; the row behind them where it has none to write.
  private static func borderRow(_ map: Int, _ number: Int, in turn: Int, _ plan: StripePlan) -> Int {
    let rows = plan.borderRows(of: map, in: turn)
    guard rows.indices.contains(number) else { return plan.maps[map].rows }
    return rows[number] - turn * plan.maps[map].rate - plan.maps[map].first
  }

  /// The place of an index among the vectors.
  func number(of slot: Slot) -> Int { numbers[slot] ?? 0 }

  /// Whether a row ends with the next turn's counter, which then needs no sum.
  var hasCounter: Bool { vectors.count > 1 }

  /// Numbers of a row.
  var width: Int { vectors.reduce(hasCounter ? 1 : 0) { $0 + $1.count } }

  /// Rows of the table, one behind the other.
  var contents: [Int] {
    (0..<turns).flatMap { turn in
      vectors.flatMap { $0.boxes[turn] } + (hasCounter ? [(turn + 1) * width] : [])
    }
  }
}
