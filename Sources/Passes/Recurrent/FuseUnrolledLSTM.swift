import GraphIR

/// The steps of an LSTM, written one behind another, as one UNIDIRECTIONAL_SEQUENCE_LSTM.
///
/// Steps belong together where each takes the state and the cell of the one before, with equal weights, and none of what
/// goes in depends on one of their results. The first starts at zero. Answers change by the order in which products are added. The operator
/// keeps its state from run to run: callers reset variables before each sequence.
enum FuseUnrolledLSTM {
  static let name = "fuse-unrolled-lstm"

  /// Chains of steps, each from its first to its last.
  static func chains(_ context: RewriteContext) -> [[LSTMCell]] {
    var cells: [LSTMCell] = []
    var next: [ValueID: Int] = [:]
    for id in context.graph.nodes.indices where context.graph.nodes[id].code.builtin == .mul {
      guard let hidden = context.graph.nodes[id].outputs.first,
        let cell = LSTMCell(hidden: hidden, in: context)
      else { continue }
      if let previous = cell.previous { next[previous] = cells.count }
      cells.append(cell)
    }
    let isFollowed = Set(cells.map(\.cell))
    return cells.indices.filter { index in
      cells[index].previous.map { !isFollowed.contains($0) } ?? true
    }.map { start in
      var chain = [cells[start]]
      while let last = chain.last, let index = next[last.cell] { chain.append(cells[index]) }
      return chain
    }.filter { $0.count > 1 }
  }

  /// - Throws: a refusal that says why a chain stays.
  static func edit(_ chain: [LSTMCell], _ context: RewriteContext) throws(Refusal) -> GraphEdit {
    let (weights, parts) = try steps(chain, context)
    guard let shape = context.dimensions(parts[0]), shape.count == 2,
      parts.allSatisfy({ context.dimensions($0) == shape }),
      chain.allSatisfy({ context.dimensions($0.hidden) == [shape[0], weights.units] })
    else { throw Refusal("its steps have other sizes than batch times features") }
    try checkUses(chain, parts, context)
    var edit = GraphEdit(
      of: context.graph, "\(chain.count) steps are one UNIDIRECTIONAL_SEQUENCE_LSTM")
    var writer = UnrolledWriter(context, chain, weights, batch: shape[0])
    writer.write(parts, &edit)
    return edit
  }

  /// The weights of all steps, and what each reads.
  private static func steps(
    _ chain: [LSTMCell], _ context: RewriteContext
  ) throws(Refusal) -> (LSTMWeights, [ValueID]) {
    var parts: [ValueID] = []
    var first: (LSTMWeights, LSTMCell)?
    var common: LSTMWeights?
    for (index, cell) in chain.enumerated() {
      let previous = index == 0 ? nil : chain[index - 1].hidden
      if index == 0, let cell = cell.previous, context.uniform(cell) != 0 {
        throw Refusal("its cell does not start at zero")
      }
      guard let (weights, x) = LSTMWeights.of(cell, previous: previous, context) else {
        throw Refusal("the gates of step \(index) are no products of one input and the state before")
      }
      parts.append(x)
      if index == 0 {
        first = (weights, cell)
      } else if let known = common {
        guard known == weights else { throw Refusal("step \(index) has other weights") }
      } else {
        common = weights
      }
    }
    guard let common, let first, first.0.startsAlike(common, first.1) else {
      throw Refusal("its first step has other weights or does not start at zero")
    }
    return (common, parts)
  }

  /// Nobody else may see cells, and no input may depend on a result.
  private static func checkUses(
    _ chain: [LSTMCell], _ parts: [ValueID], _ context: RewriteContext
  ) throws(Refusal) {
    guard let last = chain.last else { throw .noMatch }
    for cell in chain {
      let own = context.consumers[cell.cell.index].count
      guard !context.isPort[cell.cell.index], own == (cell.cell == last.cell ? 1 : 2) else {
        throw Refusal("the state of its cell, \(context.graph.title(of: cell.cell)), is read elsewhere")
      }
    }
    let results = Set(chain.map(\.hidden))
    var seen: Set<ValueID> = []
    var open = parts
    while let value = open.popLast() {
      guard seen.insert(value).inserted else { continue }
      if results.contains(value) { throw Refusal("what goes into a step depends on the one before") }
      if let id = context.producer(of: value) { open += context.graph[id].inputs.compactMap(\.self) }
    }
  }
}

/// Writes the operator of an unrolled LSTM, and what others read of its steps.
private struct UnrolledWriter {
  private let context: RewriteContext
  private let chain: [LSTMCell]
  private let weights: LSTMWeights
  private let batch: Int

  init(_ context: RewriteContext, _ chain: [LSTMCell], _ weights: LSTMWeights, batch: Int) {
    (self.context, self.chain, self.weights, self.batch) = (context, chain, weights, batch)
  }

  private var steps: Int { chain.count }

  mutating func write(_ parts: [ValueID], _ edit: inout GraphEdit) {
    // In the place of the last step, whose inputs are all there; the order is made right afterwards.
    let members = chain.compactMap { context.producer(of: $0.hidden) }
    guard let place = members.last else { return }
    let (input, isTimeMajor) = sequence(parts, before: place, &edit)
    let layout = SequenceLayout(steps: steps, batch: batch, isTimeMajor: isTimeMajor)
    let packed = packed
    let list = packed.flatMap { context.graph[$0].outputs.first }
    let isAlike = packed.map { (context.graph[$0].attributes.integer("axis") == 0) == isTimeMajor } ?? false
    let output: ValueID
    if let list, isAlike {
      output = list
    } else {
      output = edit.add(
        Value(
          name: context.graph[chain[steps - 1].hidden].name.map { "\($0)/sequence" },
          dimensions: layout.sizes(weights.units).map { Int32(clamping: $0) }, elementType: .float32))
    }
    let kept = context.graph.values.indices.contains(input.index) ? [input] : parts
    for node in dead(members + [packed].compactMap(\.self), kept: Set(kept)) { edit.remove(node) }
    let fused = weights.node(
      reading: input, writing: output, batch: batch, isTimeMajor: isTimeMajor, &edit)
    edit.insert(fused, before: place)
    if let list {
      guard !isAlike else { return }
      let exchange = layout.exchange(output, to: list, &edit)
      edit.insert(exchange, before: place)
    } else {
      spread(output, layout, before: place, &edit)
    }
  }

  /// Nodes that go, and those that nobody reads without them.
  private func dead(_ nodes: [NodeID], kept: Set<ValueID>) -> Set<NodeID> {
    var gone = Set(nodes)
    for index in context.graph.nodes.indices.reversed() {
      let outputs = context.graph.nodes[index].outputs
      let isRead = outputs.contains { value in
        context.isPort[value.index] || kept.contains(value) || context.graph[value].isVariable
          || context.consumers[value.index].contains { !gone.contains($0) }
      }
      if !isRead && context.effects[index].isPure { gone.insert(NodeID(index)) }
    }
    return gone
  }

  /// The sequence of which the parts are, or one that is packed of them.
  private func sequence(
    _ parts: [ValueID], before place: NodeID, _ edit: inout GraphEdit
  ) -> (ValueID, isTimeMajor: Bool) {
    if let id = context.node(.unpack, writing: parts[0]), context.graph[id].outputs == parts,
      let input = context.input(0, of: context.graph[id])
    {
      let axis = context.graph[id].attributes.integer("axis")
      if axis == 0, let other = SequenceLayout.batchMajor(of: input, in: context) { return (other, false) }
      if axis == 0 || axis == 1 { return (input, axis == 0) }
    }
    let sizes = [steps, batch, weights.features]
    let input = edit.add(
      Value(
        name: context.graph[parts[0]].name.map { "\($0)/sequence" },
        dimensions: sizes.map { Int32(clamping: $0) }, elementType: .float32))
    edit.insert(
      .making(
        .pack, parts, [input], .init(.pack, "PackOptions", [("values_count", steps), ("axis", 0)])),
      before: place)
    return (input, true)
  }

  /// The PACK along time that is all that reads the results.
  private var packed: NodeID? {
    let results = chain.map(\.hidden)
    guard let last = results.last, !results.contains(where: { context.isPort[$0.index] }),
      let pack = context.consumers[last.index].first, context.graph[pack].code.builtin == .pack,
      context.graph[pack].inputs == results,
      [0, 1].contains(context.graph[pack].attributes.integer("axis")),
      context.consumers[last.index] == [pack]
    else { return nil }
    let inner = results.dropLast().allSatisfy { value in
      context.consumers[value.index].allSatisfy { $0 == pack || isStep($0) }
    }
    return inner ? pack : nil
  }

  /// Whether a reader of a result is a product of the next step.
  private func isStep(_ reader: NodeID) -> Bool {
    readers.contains(reader)
  }

  /// Nodes of the steps' gates, which nobody needs behind the change.
  private var readers: Set<NodeID> {
    var found: Set<NodeID> = []
    var open = chain.flatMap { $0.gates.compactMap(\.self) }
    let ends = Set(chain.map(\.hidden))
    while let value = open.popLast() {
      guard !ends.contains(value), let id = context.producer(of: value), found.insert(id).inserted else {
        continue
      }
      let isInner = [
        .fullyConnected, .batchMatMul, .add, .split, .splitV, .slice, .stridedSlice, .reshape, .squeeze,
        .expandDims, .concatenation,
      ].contains(context.graph[id].code.builtin)
      if isInner { open += context.graph[id].inputs.compactMap(\.self) }
    }
    return found
  }

  /// Gives single results to those who read them.
  private func spread(
    _ output: ValueID, _ layout: SequenceLayout, before place: NodeID, _ edit: inout GraphEdit
  ) {
    let inner = readers
    let results = chain.map(\.hidden)
    let isRead = results.map { value in
      context.isPort[value.index] || context.consumers[value.index].contains { !inner.contains($0) }
    }
    if isRead.filter(\.self).count > 1 {
      edit.insert(
        .making(
          .unpack, [output], results,
          .init(.unpack, "UnpackOptions", [("num", steps), ("axis", layout.isTimeMajor ? 0 : 1)])),
        before: place)
      return
    }
    let step = isRead.firstIndex(of: true) ?? steps - 1
    let nodes = layout.step(step, of: output, weights.units, to: results[step], in: context.graph, &edit)
    for node in nodes { edit.insert(node, before: place) }
  }
}
