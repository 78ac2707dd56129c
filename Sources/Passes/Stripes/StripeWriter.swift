import GraphIR
import Planning
import Striping
import Tensors

/// Puts a WHILE over stripes in the place of a run of layers.
enum StripeWriter {
  /// - Parameter name: by which tensors and graphs of the loop are known.
  static func write(_ candidate: StripeCandidate, named name: String, into model: inout Model) {
    let (striped, source) = (candidate.striped, candidate.source)
    let graph = model.graphs[0]
    let body = StripeBody(striped, source, candidate.form, in: graph, named: name)
    var edit = ModelEdit(of: model)
    let bodyGraph = body.loop.graph(named: name + "/body")
    let end = body.table.width * source.plan.turns
    let condition = edit.add(Self.condition(of: bodyGraph, end: end, named: name))
    let bodyID = edit.add(bodyGraph)
    let slots = source.result == .onSource ? StripeLoops.SharedSlots(source: 1, result: 2) : nil
    var loops = StripeLoops(model) ?? StripeLoops(loops: [])
    loops.loops.append(StripeLoops.Loop(body: bodyID, shared: slots))
    var caller = StripeCaller(striped, body, graph: graph, edit: edit.graphs[0], name: name)
    caller.write(condition: condition, body: bodyID)
    edit.graphs[0] = caller.edit
    edit.setMetadata(StripeLoops.metadataName, loops.metadataBytes)
    model.apply(edit)
  }

  /// Drops the maps that only rows are left of, and keeps what the model says of its loops.
  static func dropUnused(in model: inout Model) {
    let loops = StripeLoops(model)
    let graphCount = model.graphs.count
    mergeSmallConstants(of: &model)
    _ = model.removeUnused()
    guard let loops, model.graphs.count == graphCount else { return }
    var edit = ModelEdit(of: model)
    edit.setMetadata(StripeLoops.metadataName, loops.metadataBytes)
    model.apply(edit)
  }

  /// Indices, sizes and numbers that are the same become one tensor of their graph.
  private static func mergeSmallConstants(of model: inout Model) {
    var edit = ModelEdit(of: model)
    for graph in model.graphs.indices {
      let ports = Set((model.graphs[graph].inputs + model.graphs[graph].outputs).compactMap(\.self))
      var firsts: [ArraySlice<UInt8>: [ValueID]] = [:]
      for (index, value) in model.graphs[graph].values.enumerated() {
        let id = ValueID(index)
        guard value.isConstant, !value.isVariable, value.byteCount <= 64, value.data.location == .inside,
          !ports.contains(id)
        else { continue }
        let same = firsts[value.data.bytes]?.first { other in
          let other = model.graphs[graph][other]
          return other.elementType == value.elementType && other.dimensions == value.dimensions
            && other.quantization == value.quantization && other.attachments == value.attachments
        }
        if let same {
          edit.graphs[graph].redirect(id, to: same)
        } else {
          firsts[value.data.bytes, default: []].append(id)
        }
      }
    }
    model.apply(edit)
  }

  /// Whether the counter has not passed the table's last row.
  private static func condition(of body: Graph, end: Int, named name: String) -> Graph {
    var loop = LoopGraph()
    for input in body.inputs {
      guard let input else { continue }
      _ = loop.input(body[input])
    }
    let result = loop.add(Value(name: name + "/goes-on", dimensions: [1], elementType: .bool))
    let limit = loop.constant([end])
    loop.add(.making(.less, [loop.inputs[0], limit], [result], Node.Options(.less, "LessOptions")))
    loop.outputs = [result]
    return loop.graph(named: name + "/condition")
  }
}

/// Writes what stands around a loop over stripes in the graph that had the layers.
struct StripeCaller {
  let striped: StripedRun
  let body: StripeBody
  let graph: Graph
  var edit: GraphEdit
  let name: String
  private var nodes: [Node] = []

  init(_ striped: StripedRun, _ body: StripeBody, graph: Graph, edit: GraphEdit, name: String) {
    (self.striped, self.body, self.graph, self.edit, self.name) = (striped, body, graph, edit, name)
  }

  private var plan: StripePlan { body.plan }
  private var source: StripeSource { body.source }

  mutating func write(condition: GraphID, body bodyID: GraphID) {
    let start = edit.add(.integers(name + "/start", [0]))
    let input = padded()
    let sink = striped.values[plan.run.sink]
    var operands = [start]
    switch source.result {
    case .onSource: operands += [input, onSource(input, start)]
    case .apart, .apartMoving: operands += [input, filled(body.wholeResult, striped.fillers[plan.run.sink])]
    case .onSourceMoving:
      operands.append(edit.add(body.carriedSource))
      nodes.append(.reshape(input, to: operands[1], as: edit[operands[1]]))
    }
    operands += body.keptMaps.map {
      filled(body.wide($0, rows: plan.maps[$0].keptRows, "kept/\($0)"), striped.fillers[$0])
    }
    let results = operands.indices.map { position -> ValueID in
      if position == 2, source.result != .onSourceMoving { return sink }
      var value = edit[operands[position]]
      value.name = name + "/end/\(position)"
      value.data = .none
      return edit.add(value)
    }
    nodes.append(
      .making(
        .while, operands.map(Optional.some), results,
        Node.Options(
          .while, "WhileOptions",
          [("cond_subgraph_index", condition.index), ("body_subgraph_index", bodyID.index)])))
    if source.result == .onSourceMoving { takeResult(from: results[1]) }
    let position = NodeID((striped.layers.map(\.node.index).max() ?? 0) + 1)
    let edited = graph.applying(edit)
    for layer in striped.layers {
      edit.remove(layer.node)
      if let pad = layer.pad { edit.remove(pad) }
    }
    for node in nodes { edit.insert(node.versioned(in: edited), before: position) }
  }

  /// The result, which stands at the end of what the loop carried.
  private mutating func takeResult(from end: ValueID) {
    let result = striped.values[plan.run.sink]
    var last = body.wholeResult.flat
    let (count, all) = (last.shape?.elementCount ?? 0, edit[end].shape?.elementCount ?? 0)
    var part = end
    if count < all {
      last.name = name + "/last"
      last.quantization = edit[end].quantization
      part = edit.add(last)
      let begin = edit.add(.integers(nil, [all - count]))
      nodes.append(.slice(end, begin: begin, size: edit.add(.integers(nil, [count])), to: part))
    }
    nodes.append(.reshape(part, to: result, as: edit[result]))
  }

  /// The source between rows of padding.
  private mutating func padded() -> ValueID {
    let id = striped.values[0]
    guard striped.needsPadding(source) else { return id }
    let result = edit.add(body.rows(0, source.rows, "source"))
    let numbers = striped.paddings(
      0, rows: (source.roomRows + source.above, source.below), columns: striped.sourceColumns, in: graph)
    let paddings = edit.add(
      .integers(name + "/paddings", numbers, dimensions: [numbers.count / 2, 2]))
    if striped.isFilledWithZeros(0, in: graph) {
      nodes.append(.pad(id, by: paddings, to: result))
    } else {
      nodes.append(.pad(id, by: paddings, with: edit.add(striped.filler(0, in: graph)), to: result))
    }
    return result
  }

  /// Rows of a map's padding: a constant where they are few, since FILL with its constants takes more of the arena, and of
  /// int16, which FILL has not.
  private mutating func filled(_ value: Value, _ filler: [UInt8]) -> ValueID {
    let count = value.shape?.elementCount ?? 0
    if value.elementType == .int16 || count * filler.count <= StripeEstimate.constantByteLimit {
      var constant = value
      constant.data = TensorData((0..<count).flatMap { _ in filler })
      return edit.add(constant)
    }
    let result = edit.add(value)
    let dimensions = edit.add(.integers(nil, (value.dimensions ?? []).map(Int.init)))
    var zero = Value(
      name: nil, dimensions: [], elementType: value.elementType, quantization: value.quantization)
    zero.data = TensorData(filler)
    nodes.append(.fill(dimensions, with: edit.add(zero), to: result))
    return result
  }

  /// The source's first bytes as the result's first contents, at the same address: SLICE takes as many elements as the
  /// result has, in whole rows of the source or of the result where it can, and RESHAPE gives them its shape.
  private mutating func onSource(_ input: ValueID, _ start: ValueID) -> ValueID {
    let sink = plan.run.sink
    let result = striped.values[sink]
    let (own, whole) = (graph[result], edit[input])
    let (count, all) = (own.shape?.elementCount ?? 0, whole.shape?.elementCount ?? 0)
    var contents = own
    contents.name = name + "/result"
    contents.shapeSignature = nil
    if count == all { return reshaped(input, as: contents) }
    let (rowCount, resultRowCount) = (all / source.rows, count / plan.run.maps[sink].height)
    if count.isMultiple(of: rowCount) {
      let front = sliced(input, as: body.rows(0, count / rowCount, "front"))
      return reshaped(front, as: contents)
    }
    if all.isMultiple(of: resultRowCount) {
      var rows = body.rows(sink, all / resultRowCount, "front")
      rows.quantization = whole.quantization
      return sliced(reshaped(input, as: rows), as: contents)
    }
    var flat = whole.flat
    flat.name = name + "/flat"
    var front = flat
    front.name = name + "/front"
    front.dimensions = [Int32(clamping: count)]
    return reshaped(sliced(reshaped(input, as: flat), as: front, from: start), as: contents)
  }

  private mutating func reshaped(_ input: ValueID, as value: Value) -> ValueID {
    let result = edit.add(value)
    nodes.append(.reshape(input, to: result, as: value))
    return result
  }

  /// The first elements along each axis.
  private mutating func sliced(_ input: ValueID, as value: Value, from start: ValueID? = nil) -> ValueID {
    let result = edit.add(value)
    let size = (value.dimensions ?? []).map(Int.init)
    let begin = start ?? edit.add(.integers(nil, size.map { _ in 0 }))
    nodes.append(.slice(input, begin: begin, size: edit.add(.integers(nil, size)), to: result))
    return result
  }
}
