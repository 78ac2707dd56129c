import GraphIR
import Planning
import Striping
import Tensors

/// Puts a WHILE over stripes in the place of a run of layers.
enum StripeWriter {
  /// - Parameter name: by which tensors and graphs of the loop are known.
  static func write(
    _ striped: StripedRun, _ plan: StripePlan, _ source: StripeSource, named name: String,
    into model: inout Model
  ) {
    let graph = model.graphs[0]
    let body = StripeBody(striped, plan, source, in: graph, named: name)
    var edit = ModelEdit(of: model)
    let bodyGraph = body.loop.graph(named: name + "/body")
    let end = body.vectors.count * 4 * plan.turns
    let condition = edit.add(Self.condition(of: bodyGraph, end: end, named: name))
    let bodyID = edit.add(bodyGraph)
    let slots = source.isUnderResult ? StripeLoops.SharedSlots(source: 1, result: 2) : nil
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
    _ = model.removeUnused()
    guard let loops, model.graphs.count == graphCount else { return }
    var edit = ModelEdit(of: model)
    edit.setMetadata(StripeLoops.metadataName, loops.metadataBytes)
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
    let first =
      source.isUnderResult
      ? onSource(input, start)
      : filled(
        body.wide(plan.run.sink, rows: plan.run.maps[plan.run.sink].height, "result"))
    let kept = body.keptMaps.map { filled(body.wide($0, rows: plan.maps[$0].keptRows, "kept/\($0)")) }
    let operands = [start, input, first] + kept
    let results = operands.indices.map { position -> ValueID in
      guard position != 2 else { return striped.values[plan.run.sink] }
      let id = operands[position]
      var value = edit[id]
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
    let position = NodeID((striped.layers.map(\.node.index).max() ?? 0) + 1)
    let edited = graph.applying(edit)
    for layer in striped.layers {
      edit.remove(layer.node)
      if let pad = layer.pad { edit.remove(pad) }
    }
    for node in nodes { edit.insert(node.versioned(in: edited), before: position) }
  }

  /// The source between rows of padding.
  private mutating func padded() -> ValueID {
    let id = striped.values[0]
    guard !source.isPlain else { return id }
    let result = edit.add(graph[id].rows(source.rows, named: name + "/source"))
    var paddings = Value.integers(
      name + "/paddings", [0, 0, source.roomRows + source.above, source.below, 0, 0, 0, 0])
    paddings.dimensions = [4, 2]
    nodes.append(.pad(id, by: edit.add(paddings), to: result))
    return result
  }

  /// Rows of a map that stand for zero.
  private mutating func filled(_ value: Value) -> ValueID {
    if value.elementType == .int16 {
      var constant = value
      constant.data = TensorData(value.zeros(value.shape?.elementCount ?? 0))
      return edit.add(constant)
    }
    let result = edit.add(value)
    let dimensions = edit.add(.integers(nil, (value.dimensions ?? []).map(Int.init)))
    var zero = Value(
      name: nil, dimensions: [], elementType: value.elementType, quantization: value.quantization)
    zero.data = TensorData(value.zeros(1))
    nodes.append(.fill(dimensions, with: edit.add(zero), to: result))
    return result
  }

  /// The source's first bytes as the result's first contents, at the same address.
  private mutating func onSource(_ input: ValueID, _ start: ValueID) -> ValueID {
    let result = striped.values[plan.run.sink]
    let (own, whole) = (graph[result], edit[input])
    let (count, all) = (own.shape?.elementCount ?? 0, whole.shape?.elementCount ?? 0)
    var flat = whole
    flat.name = name + "/flat"
    flat.dimensions = [Int32(clamping: all)]
    flat.shapeSignature = nil
    var front = flat
    front.name = name + "/front"
    front.dimensions = [Int32(clamping: count)]
    var part = edit.add(flat)
    nodes.append(.reshape(input, to: part, edit))
    if count < all {
      let slice = edit.add(front)
      nodes.append(
        .slice(part, begin: start, size: edit.add(.integers(nil, [count])), to: slice)
      )
      part = slice
    }
    var contents = own
    contents.name = name + "/result"
    contents.shapeSignature = nil
    let first = edit.add(contents)
    nodes.append(.reshape(part, to: first, edit))
    return first
  }
}

extension Node {
  /// RESHAPE to the shape of a value of an edit, which its options name: a constant would take tail.
  fileprivate static func reshape(_ input: ValueID, to output: ValueID, _ edit: GraphEdit) -> Node {
    let dimensions = (edit[output].dimensions ?? []).map(Int.init)
    let options = Record(
      "ReshapeOptions", [.init(name: "new_shape", value: .integers(dimensions.map(Int64.init)))])
    return making(.reshape, [input], [output], Options(.reshape, options))
  }
}
