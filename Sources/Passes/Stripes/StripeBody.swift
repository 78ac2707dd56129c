import GraphIR
import Striping
import Tensors

/// Writes the body of a loop over stripes: one turn of a run.
///
/// Every index that differs from turn to turn comes from one table of int32, of which the counter names the turn's row.
struct StripeBody {
  let striped: StripedRun
  let source: StripeSource
  let form: StripeForm
  let graph: Graph
  let table: StripeTable
  let name: String
  var loop = LoopGraph()
  private var indices: [ValueID] = []
  private var counter = ValueID(0)
  /// The next turn's counter, once it is there.
  private var next: ValueID?
  /// The rows that a turn has of each map, and how many there are with the row that only takes what is not needed.
  private var blocks: [Int: (value: ValueID, rows: Int)] = [:]
  /// Outputs that are carried, behind counter, source and result.
  private var kept: [(map: Int, output: ValueID)] = []
  private var keptInputs: [Int: ValueID] = [:]

  var plan: StripePlan { source.plan }

  /// Maps whose rows are kept, in the order in which the loop carries them.
  var keptMaps: [Int] { plan.maps.indices.filter { isKept($0) } }

  private func isKept(_ map: Int) -> Bool { map > 0 && map < plan.run.sink && plan.maps[map].keptRows > 0 }

  init(_ striped: StripedRun, _ source: StripeSource, _ form: StripeForm, in graph: Graph, named name: String)
  {
    self.striped = striped
    self.source = source
    self.form = form
    self.graph = graph
    self.name = name
    table = StripeTable(striped, source, form, in: graph)
    write()
  }

  func value(_ map: Int) -> Value { graph[striped.values[map]] }

  func rows(_ map: Int, _ count: Int, _ label: String) -> Value {
    striped.rows(map, count, named: name + "/" + label, in: graph)
  }

  /// Rows of a map between the columns of padding that all its readers want.
  func wide(_ map: Int, rows: Int, _ label: String) -> Value {
    let columns = striped.sharedColumns(of: map)
    return striped.rows(
      map, rows, columns: columns.left + columns.right, named: name + "/" + label, in: graph)
  }

  /// The source as the loop carries it: in rows, or as what it and the result have in common, elements in a row.
  var carriedSource: Value {
    let whole = rows(0, source.rows, "source")
    return source.result == .onSourceMoving ? whole.flat : whole
  }

  var wholeResult: Value { rows(plan.run.sink, plan.run.maps[plan.run.sink].height, "result") }

  // MARK: The turn

  private mutating func write() {
    counter = loop.input(.index(name + "/counter", count: 1))
    let input = loop.input(carriedSource)
    let result = source.result == .onSourceMoving ? nil : loop.input(wholeResult)
    for map in keptMaps {
      keptInputs[map] = loop.input(wide(map, rows: plan.maps[map].keptRows, "kept/\(map)"))
    }
    readTable()
    blocks[0] = (input, source.rows)
    var stored: [ValueID] = []
    for layer in plan.run.layers.indices {
      let made = compute(layer)
      if layer + 1 == plan.run.sink {
        stored = store(made, source: input, result: result)
      } else {
        blocks[layer + 1] = assemble(layer + 1, made)
      }
    }
    // What the loop gives is there from the body's last node on: what goes into a sum must be gone by then.
    let next = next ?? advance()
    loop.outputs = [next] + stored + keptMaps.compactMap { map in kept.first { $0.map == map }?.output }
  }

  /// Takes the turn's indices from the table.
  private mutating func readTable() {
    let all = loop.add(.integers(name + "/table", table.contents))
    let row = loop.add(.index(name + "/indices", count: table.width))
    loop.add(.slice(all, begin: counter, size: loop.constant([table.width]), to: row))
    guard table.hasCounter else {
      indices = [row]
      if !source.result.isMoving { next = advance() }
      return
    }
    let counts = table.vectors.map(\.count) + [1]
    indices = table.vectors.indices.map {
      loop.add(.index(name + "/index/\($0)", count: counts[$0]))
    }
    let counter = loop.add(.index(name + "/next", count: 1))
    loop.add(
      .making(
        .splitV, [row, loop.constant(counts), loop.constant([0], dimensions: [])], indices + [counter],
        Node.Options(.splitV, "SplitVOptions", [("num_splits", counts.count)])))
    next = counter
  }

  /// The next turn's counter.
  private mutating func advance() -> ValueID {
    let next = loop.add(.index(name + "/next", count: 1))
    loop.add(
      .making(
        .add, [counter, loop.constant([table.width])], [next],
        Node.Options(.add, "AddOptions", [("fused_activation_function", 0)])))
    return next
  }

  private func index(_ slot: StripeTable.Slot) -> ValueID { indices[table.number(of: slot)] }

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
    let result = rows(layer + 1, plan.maps[layer + 1].freshRows, "\(layer + 1)")
    let made = loop.add(result)
    node.outputs = [made]
    switch striped.form {
    case .plain, .paddedWindow: node.inputs = node.inputs.map { known($0, operands) }
    case .window:
      node.inputs = node.inputs.map { known($0, operands) }
      node = node.with("padding", 1)
    case .reshape: node = .reshape(known(node.inputs[0], operands) ?? made, to: made, as: result)
    case .resize:
      let size = (result.dimensions ?? []).map(Int.init)
      node.inputs = [known(node.inputs[0], operands), loop.constant([size[1], size[2]])]
    }
    loop.add(node)
    for map in pending { keep(map) }
    return made
  }

  private mutating func known(_ input: ValueID?, _ operands: [ValueID: ValueID]) -> ValueID? {
    input.map { operands[$0] ?? loop.constant($0, of: graph) }
  }

  /// The rows that a layer reads of a map, between columns of padding.
  private mutating func operand(_ map: Int, of layer: Int) -> (value: ValueID, isCopy: Bool) {
    guard let block = blocks[map] else { return (ValueID(0), false) }
    let reading = plan.reading(layer)
    let from = map == 0 ? 0 : reading.first - plan.maps[map].first
    var (rows, isCopy) = (block.value, false)
    var count = block.rows
    let isNarrower = striped.dropsColumns(of: map, for: layer)
    if map == 0 {
      (rows, count, isCopy) = (sourceRows(layer, reading.rows), reading.rows, true)
    } else if from != 0 || isNarrower || !fits(block.rows, layer) {
      let part =
        isNarrower
        ? self.rows(map, reading.rows, "\(map)/rows") : wide(map, rows: reading.rows, "\(map)/rows")
      let column = isNarrower ? striped.sharedColumns(of: map).left : 0
      let begin = loop.constant(striped.box(map, row: from, column: column, in: graph))
      rows = slice(block.value, begin, part)
      (count, isCopy) = (reading.rows, true)
    }
    let columns = striped.layers[layer]
    guard columns.hasColumns, striped.sharedColumns(of: map) == (0, 0) else { return (rows, isCopy) }
    return (pad(rows, map, rows: count, (columns.left, columns.right)), true)
  }

  private mutating func sourceRows(_ layer: Int, _ count: Int) -> ValueID {
    guard let block = blocks[0] else { return ValueID(0) }
    let part = rows(0, count, "0/rows")
    guard source.result == .onSourceMoving else {
      return slice(block.value, index(.source(layer: layer)), part)
    }
    let flat = slice(block.value, index(.source(layer: layer)), part.flat)
    let shaped = loop.add(part)
    loop.add(.reshape(flat, to: shaped, as: part))
    return shaped
  }

  /// - Parameter size: what stands for the part's size in the file; -1 for all up to the end.
  private mutating func slice(
    _ whole: ValueID, _ begin: ValueID, _ part: Value, size: [Int]? = nil
  ) -> ValueID {
    let result = loop.add(part)
    let size = loop.constant(size ?? (part.dimensions ?? []).map(Int.init))
    loop.add(.slice(whole, begin: begin, size: size, to: result))
    return result
  }

  /// Rows of a map with columns of padding beside them.
  private mutating func pad(
    _ rows: ValueID, _ map: Int, rows count: Int, _ columns: (left: Int, right: Int)
  ) -> ValueID {
    let padded = loop.add(
      striped.rows(
        map, count, columns: columns.left + columns.right, named: name + "/\(map)/padded", in: graph))
    let paddings = striped.paddings(map, columns: columns, in: graph)
    let table = loop.constant(paddings, dimensions: [paddings.count / 2, 2])
    if striped.isFilledWithZeros(map, in: graph) {
      loop.add(.pad(rows, by: table, to: padded))
    } else {
      loop.add(.pad(rows, by: table, with: loop.add(striped.filler(map, in: graph)), to: padded))
    }
    return padded
  }

  /// Whether a layer makes as many rows as it should of so many rows of an operand.
  private func fits(_ rows: Int, _ layer: Int) -> Bool {
    let window = plan.run.layers[layer].window
    let wanted = plan.maps[layer + 1].freshRows
    guard striped.layers[layer].form == .window else { return rows == plan.reading(layer).rows }
    return rows >= window.extent && (rows - window.extent) / window.stride + 1 == wanted
  }

  /// Kept rows and new ones in one piece, with the rows of padding in it.
  private mutating func assemble(_ map: Int, _ plain: ValueID) -> (value: ValueID, rows: Int) {
    let columns = striped.sharedColumns(of: map)
    let borders = plan.mostBorderRows(of: map)
    let isMasked = form.isMasked[map] && borders > 0
    var made = isMasked ? mask(plain, map) : plain
    if columns != (0, 0) { made = pad(made, map, rows: plan.maps[map].freshRows, columns) }
    let known = keptInputs[map]
    let needsRow = borders > 0 && !isMasked
    guard known != nil || needsRow else { return (made, plan.maps[map].rows) }
    let rows = plan.maps[map].rows + (needsRow ? 1 : 0)
    var parts = (known.map { [$0] } ?? []) + [made]
    var filling: ValueID?
    if needsRow {
      var row = wide(map, rows: 1, "zeros/\(map)")
      row.data = TensorData(striped.filling(map, count: row.shape?.elementCount ?? 0))
      filling = loop.add(row)
    }
    if let filling { parts.append(filling) }
    var block = join(parts, along: striped.axes[map], as: wide(map, rows: rows, "\(map)/block"))
    for number in 0..<borders {
      guard let filling else { break }
      let written = loop.add(wide(map, rows: rows, "\(map)/border/\(number)"))
      loop.add(
        .making(.dynamicUpdateSlice, [block, filling, index(.border(map: map, number: number))], [written]))
      block = written
    }
    return needsRow ? withoutLastRow(map, block, rows) : (block, rows)
  }

  private mutating func join(_ parts: [ValueID], along axis: Int, as whole: Value) -> ValueID {
    let result = loop.add(whole)
    loop.add(
      .making(
        .concatenation, parts, [result],
        Node.Options(
          .concatenation, "ConcatenationOptions", [("axis", axis), ("fused_activation_function", 0)])))
    return result
  }

  /// New rows with padding in the place of those that are above or below the map.
  private mutating func mask(_ rows: ValueID, _ map: Int) -> ValueID {
    guard let mask = StripeForm.mask(of: map, in: striped, graph) else { return rows }
    let count = plan.maps[map].freshRows
    var numbers = rowNumbers(mask, map, name: "mask/\(map)", count: table.maskRows * plan.turns)
    var bytes: [UInt8] = []
    for turn in 0..<plan.turns {
      let borders = Set(plan.borderRows(of: map, in: turn))
      let first = turn * plan.maps[map].rate + plan.maps[map].firstFresh
      for row in first..<(first + table.maskRows) {
        bytes += borders.contains(row) ? mask.padding : mask.keeping
      }
    }
    numbers.data = TensorData(bytes)
    let all = loop.add(numbers)
    let shaped = slice(
      all, index(.mask(map: map)), rowNumbers(mask, map, name: "mask/\(map)/rows", count: count))
    let masked = loop.add(self.rows(map, count, "\(map)/masked"))
    loop.add(.masking(mask.builtin, rows, shaped, to: masked))
    return masked
  }

  /// A number for each of so many rows, which an operator spreads over them.
  private func rowNumbers(_ mask: StripeForm.Mask, _ map: Int, name label: String, count: Int) -> Value {
    var numbers = Value.index(name + "/" + label, count: count)
    let rank = value(map).dimensions?.count ?? 4
    numbers.dimensions = (0..<rank).map { $0 == striped.axes[map] ? Int32(clamping: count) : 1 }
    numbers.elementType = value(map).elementType
    numbers.quantization = mask.isPlain ? Quantization(scales: [1], zeroPoints: [0]) : value(map).quantization
    return numbers
  }

  /// Drops the row behind all others, unless its readers do not mind it.
  private mutating func withoutLastRow(_ map: Int, _ block: ValueID, _ rows: Int) -> (ValueID, rows: Int) {
    let readers = plan.run.consumers(of: map)
    if readers.allSatisfy({ plan.reading($0).first == plan.maps[map].first && fits(rows, $0) }) {
      return (block, rows)
    }
    let whole = loop.add(wide(map, rows: rows - 1, "\(map)/whole"))
    let rest = loop.add(wide(map, rows: 1, "\(map)/rest"))
    let axis = loop.constant([striped.axes[map]], dimensions: [])
    loop.add(
      .making(
        .splitV, [block, loop.constant([rows - 1, 1]), axis], [whole, rest],
        Node.Options(.splitV, "SplitVOptions", [("num_splits", 2)])))
    return (whole, rows - 1)
  }

  /// The rows of a map that the next turn needs, moved to where it looks for them.
  private mutating func keep(_ map: Int) {
    guard let block = blocks[map] else { return }
    let rows = plan.maps[map].keptRows
    let begin = loop.constant(striped.box(map, row: plan.maps[map].rows - rows, in: graph))
    let part = wide(map, rows: rows, "keep/\(map)")
    // One size for all maps, where nothing stands behind what is kept.
    let size = block.rows == plan.maps[map].rows ? (part.dimensions ?? []).map { _ in -1 } : nil
    kept.append((map, slice(block.value, begin, part, size: size)))
  }

  /// Puts a turn's rows of the result where they belong; returns what is carried of source and result.
  private mutating func store(_ made: ValueID, source input: ValueID, result: ValueID?) -> [ValueID] {
    let sink = plan.run.sink
    guard let result else {
      // What stands in one tensor has one quantization, or CONCATENATION refuses it.
      var turn = rows(sink, plan.rowsPerTurn, "made").flat
      turn.quantization = carriedSource.quantization
      let flat = loop.add(turn)
      loop.add(.reshape(made, to: flat, as: turn))
      let count = turn.shape?.elementCount ?? 0
      var rest = carriedSource
      rest.name = name + "/moved"
      rest.dimensions = rest.dimensions.map { [$0[0] - Int32(clamping: count)] }
      let moved = slice(input, loop.constant([count]), rest)
      var whole = carriedSource
      whole.name = name + "/stored"
      return [join([moved, flat], along: 0, as: whole)]
    }
    let height = plan.run.maps[sink].height
    var whole = wholeResult
    whole.name = name + "/stored"
    guard source.result == .apartMoving else {
      let stored = loop.add(whole)
      loop.add(.making(.dynamicUpdateSlice, [result, made, index(.result)], [stored]))
      return [input, stored]
    }
    let begin = loop.constant(striped.box(sink, row: plan.rowsPerTurn, in: graph))
    let moved = slice(result, begin, rows(sink, height - plan.rowsPerTurn, "moved"))
    return [input, join([moved, made], along: striped.axes[sink], as: whole)]
  }
}
