import GraphIR
import Striping
import Tensors

/// Writes the body of a loop over stripes: one turn of a run.
///
/// Every index that differs from turn to turn comes from one table of int32, of which the counter names the turn's row.
struct StripeBody {
  let striped: StripedRun
  let plan: StripePlan
  let source: StripeSource
  let graph: Graph
  /// Index vectors of a turn: by row of the table, for each turn four numbers.
  private(set) var vectors: [[Int]] = []
  private(set) var loop = LoopGraph()
  private var indices: [ValueID] = []
  /// The rows that a turn has of each map, and how many there are with the row that only takes what is not needed.
  private var blocks: [Int: (value: ValueID, rows: Int)] = [:]
  /// Outputs that are carried, behind counter, source and result.
  private var kept: [(map: Int, output: ValueID)] = []
  private var keptInputs: [Int: ValueID] = [:]
  private var name = "stripes"

  /// Maps whose rows are kept, in the order in which the loop carries them.
  var keptMaps: [Int] { plan.maps.indices.filter { isKept($0) } }

  private func isKept(_ map: Int) -> Bool { map > 0 && map < plan.run.sink && plan.maps[map].keptRows > 0 }

  init(_ striped: StripedRun, _ plan: StripePlan, _ source: StripeSource, in graph: Graph, named name: String)
  {
    self.striped = striped
    self.plan = plan
    self.source = source
    self.graph = graph
    self.name = name
    collectVectors()
    write()
  }

  private func value(_ map: Int) -> Value { graph[striped.values[map]] }

  /// Rows of a map between the columns of padding that all its readers want.
  func wide(_ map: Int, rows: Int, _ label: String) -> Value {
    var value = value(map).rows(rows, named: name + "/" + label)
    let columns = striped.sharedColumns(of: map)
    if value.dimensions?.count == 4 { value.dimensions?[2] += Int32(clamping: columns.left + columns.right) }
    return value
  }

  // MARK: Indices

  private var slots: [Slot: Int] = [:]

  private enum Slot: Hashable {
    case source(layer: Int)
    case border(map: Int, number: Int)
    case result
  }

  private mutating func collectVectors() {
    for layer in plan.run.consumers(of: 0) {
      let rows = (0..<plan.turns).map { source.firstRow(of: layer, in: $0) }
      note(.source(layer: layer), rows)
    }
    for map in plan.maps.indices.dropFirst().dropLast() {
      for number in 0..<plan.mostBorderRows(of: map) {
        note(.border(map: map, number: number), (0..<plan.turns).map { borderRow(map, number, in: $0) })
      }
    }
    note(.result, (0..<plan.turns).map { plan.sinkRow(in: $0) })
  }

  private mutating func note(_ slot: Slot, _ rows: [Int]) {
    if let same = vectors.firstIndex(of: rows) {
      slots[slot] = same
    } else {
      slots[slot] = vectors.count
      vectors.append(rows)
    }
  }

  /// Where a turn writes a row of padding among the rows that it has; the row behind them where it has none to write.
  private func borderRow(_ map: Int, _ number: Int, in turn: Int) -> Int {
    let rows = plan.borderRows(of: map, in: turn)
    guard rows.indices.contains(number) else { return plan.maps[map].rows }
    return rows[number] - turn * plan.maps[map].rate - plan.maps[map].first
  }

  /// The table: for each turn the vectors, each the start of a box in a map.
  var table: [Int] {
    (0..<plan.turns).flatMap { turn in vectors.flatMap { [0, $0[turn], 0, 0] } }
  }

  private func index(_ slot: Slot) -> ValueID { indices[slots[slot] ?? 0] }

  // MARK: The turn

  private mutating func write() {
    let counter = loop.input(.index(name + "/counter", count: 1))
    let input = loop.input(value(0).rows(source.rows, named: name + "/source"))
    let result = loop.input(
      value(plan.run.sink).rows(plan.run.maps[plan.run.sink].height, named: name + "/result"))
    for map in keptMaps {
      keptInputs[map] = loop.input(wide(map, rows: plan.maps[map].keptRows, "kept/\(map)"))
    }
    let next = readTable(counter)
    blocks[0] = (input, source.rows)
    var stored = result
    for layer in plan.run.layers.indices {
      let made = compute(layer)
      if layer + 1 == plan.run.sink {
        stored = loop.add(
          value(plan.run.sink).rows(plan.run.maps[plan.run.sink].height, named: name + "/stored"))
        loop.add(.making(.dynamicUpdateSlice, [result, made, index(.result)], [stored]))
      } else {
        blocks[layer + 1] = assemble(layer + 1, made)
      }
    }
    loop.outputs =
      [next, input, stored] + keptMaps.compactMap { map in kept.first { $0.map == map }?.output }
  }

  /// Takes the turn's indices from the table; returns the next turn's counter.
  private mutating func readTable(_ counter: ValueID) -> ValueID {
    let width = 4 * vectors.count
    let all = loop.add(.integers(name + "/table", table))
    let row = loop.add(.index(name + "/indices", count: width))
    loop.add(.slice(all, begin: counter, size: loop.constant([width]), to: row))
    if vectors.count == 1 {
      indices = [row]
    } else {
      indices = vectors.indices.map { loop.add(.index(name + "/index/\($0)", count: 4)) }
      loop.add(
        .making(
          .split, [loop.constant([0], dimensions: []), row], indices,
          Node.Options(.split, "SplitOptions", [("num_splits", vectors.count)])))
    }
    let next = loop.add(.index(name + "/next", count: 1))
    loop.add(
      .making(
        .add, [counter, loop.constant([width])], [next],
        Node.Options(.add, "AddOptions", [("fused_activation_function", 0)])))
    return next
  }

  private mutating func compute(_ layer: Int) -> ValueID {
    let striped = striped.layers[layer]
    var node = graph[striped.node]
    var operands: [ValueID: ValueID] = [:]
    var pending: [Int] = []
    for map in Set(plan.run.layers[layer].inputs).sorted() {
      let isLast = plan.run.consumers(of: map).last == layer
      let operand = operand(map, of: layer)
      operands[self.striped.values[map]] = operand.value
      guard isLast, isKept(map) else { continue }
      if operand.isCopy { keep(map) } else { pending.append(map) }
    }
    if let pad = striped.pad.map({ graph[$0] }), let input = pad.inputs.first ?? nil {
      operands[pad.outputs[0]] = operands[input]
    }
    node.inputs = node.inputs.map { input in
      input.map { operands[$0] ?? loop.constant($0, of: graph) }
    }
    let made = loop.add(value(layer + 1).rows(plan.maps[layer + 1].freshRows, named: name + "/\(layer + 1)"))
    node.outputs = [made]
    if striped.isWindow { node = node.with("padding", 1) }
    loop.add(node)
    for map in pending { keep(map) }
    return made
  }

  /// The rows that a layer reads of a map, between columns of padding.
  private mutating func operand(_ map: Int, of layer: Int) -> (value: ValueID, isCopy: Bool) {
    guard let block = blocks[map] else { return (ValueID(0), false) }
    let reading = plan.reading(layer)
    let from = map == 0 ? 0 : reading.first - plan.maps[map].first
    var (rows, isCopy) = (block.value, false)
    var count = block.rows
    let isNarrower = striped.dropsColumns(of: map, for: layer)
    if map == 0 || from != 0 || isNarrower || !fits(block.rows, layer) {
      let part =
        isNarrower
        ? value(map).rows(reading.rows, named: name + "/\(map)/rows")
        : wide(map, rows: reading.rows, "\(map)/rows")
      rows = loop.add(part)
      let size = (part.dimensions ?? []).map(Int.init)
      let begin =
        map == 0
        ? index(.source(layer: layer))
        : loop.constant([0, from, isNarrower ? striped.sharedColumns(of: map).left : 0, 0])
      loop.add(.slice(block.value, begin: begin, size: loop.constant(size), to: rows))
      (count, isCopy) = (reading.rows, true)
    }
    let columns = striped.layers[layer]
    guard columns.left > 0 || columns.right > 0, striped.sharedColumns(of: map) == (0, 0) else {
      return (rows, isCopy)
    }
    return (pad(rows, map, rows: count, (columns.left, columns.right)), true)
  }

  /// Rows of a map with columns of padding beside them.
  private mutating func pad(
    _ rows: ValueID, _ map: Int, rows count: Int, _ columns: (left: Int, right: Int)
  ) -> ValueID {
    var wide = value(map).rows(count, named: name + "/\(map)/padded")
    wide.dimensions?[2] += Int32(clamping: columns.left + columns.right)
    let padded = loop.add(wide)
    let paddings = loop.constant([0, 0, 0, 0, columns.left, columns.right, 0, 0], dimensions: [4, 2])
    loop.add(.pad(rows, by: paddings, to: padded))
    return padded
  }

  /// Whether a layer makes as many rows as it should of so many rows of an operand.
  private func fits(_ rows: Int, _ layer: Int) -> Bool {
    let window = plan.run.layers[layer].window
    let wanted = plan.maps[layer + 1].freshRows
    if !striped.layers[layer].isWindow { return rows == wanted }
    return rows >= window.extent && (rows - window.extent) / window.stride + 1 == wanted
  }

  /// Kept rows and new ones in one piece, with the rows of padding in it.
  private mutating func assemble(_ map: Int, _ plain: ValueID) -> (value: ValueID, rows: Int) {
    let columns = striped.sharedColumns(of: map)
    let made = columns == (0, 0) ? plain : pad(plain, map, rows: plan.maps[map].freshRows, columns)
    let borders = plan.mostBorderRows(of: map)
    let known = keptInputs[map]
    guard known != nil || borders > 0 else { return (made, plan.maps[map].rows) }
    let rows = plan.maps[map].rows + (borders > 0 ? 1 : 0)
    var parts = (known.map { [$0] } ?? []) + [made]
    var zero: ValueID?
    if borders > 0 {
      var row = wide(map, rows: 1, "zeros/\(map)")
      row.data = TensorData(value(map).zeros(row.shape?.elementCount ?? 0))
      zero = loop.add(row)
    }
    if let zero { parts.append(zero) }
    var block = loop.add(wide(map, rows: rows, "\(map)/block"))
    loop.add(
      .making(
        .concatenation, parts, [block],
        Node.Options(.concatenation, "ConcatenationOptions", [("axis", 1), ("fused_activation_function", 0)]))
    )
    for number in 0..<borders {
      guard let zero else { break }
      let written = loop.add(wide(map, rows: rows, "\(map)/border/\(number)"))
      loop.add(
        .making(.dynamicUpdateSlice, [block, zero, index(.border(map: map, number: number))], [written]))
      block = written
    }
    return borders > 0 ? withoutLastRow(map, block, rows) : (block, rows)
  }

  /// Drops the row behind all others, unless its readers do not mind it.
  private mutating func withoutLastRow(_ map: Int, _ block: ValueID, _ rows: Int) -> (ValueID, rows: Int) {
    let readers = plan.run.consumers(of: map)
    if readers.allSatisfy({ plan.reading($0).first == plan.maps[map].first && fits(rows, $0) }) {
      return (block, rows)
    }
    let whole = loop.add(wide(map, rows: rows - 1, "\(map)/whole"))
    let rest = loop.add(wide(map, rows: 1, "\(map)/rest"))
    loop.add(
      .making(
        .splitV, [block, loop.constant([rows - 1, 1]), loop.constant([1], dimensions: [])], [whole, rest],
        Node.Options(.splitV, "SplitVOptions", [("num_splits", 2)])))
    return (whole, rows - 1)
  }

  /// The rows of a map that the next turn needs, moved to where it looks for them.
  private mutating func keep(_ map: Int) {
    guard let block = blocks[map] else { return }
    let rows = plan.maps[map].keptRows
    let part = wide(map, rows: rows, "keep/\(map)")
    let output = loop.add(part)
    let size = (part.dimensions ?? []).map(Int.init)
    let begin = [0, plan.maps[map].rows - rows, 0, 0]
    loop.add(.slice(block.value, begin: loop.constant(begin), size: loop.constant(size), to: output))
    kept.append((map, output))
  }
}
