import GraphIR

/// The loop that Keras writes for an LSTM as one UNIDIRECTIONAL_SEQUENCE_LSTM.
///
/// A WHILE of a known number of turns whose body takes the step's part of a sequence, computes
/// c = σ(f) · c′ + σ(i) · tanh(g) and h = σ(o) · tanh(c) from products with that and h′, and keeps every h in a list or the
/// last one. States start at zero. Answers change by the order in which products are added. The operator keeps its state
/// from run to run, where the loop started anew: callers reset variables before each sequence.
enum FuseLoopedLSTM {
  static let name = "fuse-looped-lstm"

  /// Makes the change at one node.
  ///
  /// - Throws: a refusal that says why the loop stays.
  static func edit(_ model: Model, _ caller: RewriteContext, _ id: NodeID) throws(Refusal) -> GraphEdit {
    let loop = try Loop(model, caller, id)
    let step = try LoopedStep(loop)
    var edit = GraphEdit(of: caller.graph, "the \(loop.turns) turns are one UNIDIRECTIONAL_SEQUENCE_LSTM")
    guard let shape = caller.dimensions(loop.operands[step.sequence]), shape.count == 3,
      shape[0] == loop.turns, loop.turns > 0
    else { throw Refusal("it does not go through a whole sequence") }
    let operand = loop.operands[step.sequence]
    let other = SequenceLayout.batchMajor(of: operand, in: caller)
    let layout = SequenceLayout(steps: shape[0], batch: shape[1], isTimeMajor: other == nil)
    let read = loop.results.indices.filter { loop.isRead($0) }
    let uses = try read.map { index throws(Refusal) in (index, try step.use(of: index, loop)) }
    let list = uses.first { $0.1 == .list }?.0
    let output: ValueID
    if let list, layout.isTimeMajor {
      output = loop.results[list]
      edit[output].shapeSignature = nil
    } else {
      let name = caller.graph[loop.results[step.hidden]].name
      output = edit.add(
        Value(
          name: name.map { "\($0)/sequence" },
          dimensions: layout.sizes(step.weights.units).map { Int32(clamping: $0) }, elementType: .float32))
    }
    let fused = step.weights.node(
      reading: other ?? operand, writing: output, batch: layout.batch, isTimeMajor: layout.isTimeMajor, &edit)
    edit[id] = fused
    for (index, use) in uses where loop.results[index] != output {
      add(use, loop.results[index], output, layout, behind: id, loop.operands[index], &edit)
    }
    return edit
  }

  /// Gives a result of the loop, made of all steps' results.
  private static func add(
    _ use: LoopedStep.Use, _ result: ValueID, _ all: ValueID, _ layout: SequenceLayout, behind id: NodeID,
    _ operand: ValueID, _ edit: inout GraphEdit
  ) {
    let (source, next) = (edit.graph, NodeID(id.index + 1))
    let units = Int(edit[all].dimensions?.last ?? 0)
    edit[result].shapeSignature = nil
    switch use {
    case .list:
      let exchange =
        layout.isTimeMajor
        ? Node.reshape(all, to: result, in: source, &edit) : layout.exchange(all, to: result, &edit)
      edit.insert(exchange, before: next)
    case .grown:
      var list = all
      if !layout.isTimeMajor {
        var value = edit[all]
        value.dimensions?.swapAt(0, 1)
        list = edit.add(value)
        let exchange = layout.exchange(all, to: list, &edit)
        edit.insert(exchange, before: next)
      }
      let count = Int(source[operand].dimensions?.first ?? 0)
      edit[result].dimensions?[0] = Int32(clamping: layout.steps + count)
      edit.insert(
        .making(
          .concatenation, [operand, list], [result],
          .init(.concatenation, "ConcatenationOptions", [("axis", 0)])), before: next)
    case .last:
      let nodes = layout.step(layout.steps - 1, of: all, units, to: result, in: source, &edit)
      for node in nodes { edit.insert(node, before: next) }
    }
  }
}

/// What the body of a loop does in one turn: a step of an LSTM.
struct LoopedStep {
  let weights: LSTMWeights
  /// The positions of the operands that are the sequence and the states.
  let sequence: Int
  let hidden: Int
  let cell: Int

  /// How a result of the loop follows from all steps' results.
  enum Use: Equatable {
    /// They are it.
    case list
    /// They stand behind the operand.
    case grown
    /// It is the last one.
    case last
  }

  init(_ loop: Loop) throws(Refusal) {
    let (body, count) = (loop.body, loop.operands.count)
    var isCell = false
    for hidden in 0..<count {
      guard let step = LSTMCell(hidden: loop.outputs[hidden], in: body),
        let cell = loop.outputs.firstIndex(of: step.cell), step.previous == loop.inputs[cell]
      else { continue }
      isCell = true
      guard let (weights, x) = LSTMWeights.of(step, previous: loop.inputs[hidden], body),
        let sequence = Self.sequence(x, loop)
      else { continue }
      for state in [hidden, cell] where loop.caller.uniform(loop.operands[state]) != 0 {
        throw Refusal("its state does not start at zero")
      }
      self.weights = weights
      (self.sequence, self.hidden, self.cell) = (sequence, hidden, cell)
      return
    }
    throw Refusal(
      isCell
        ? "the gates of its LSTM are no products with a part of a sequence and the state"
        : "it stays a loop: its body is no step of an LSTM")
  }

  /// The position of the sequence whose part a value is in every turn.
  private static func sequence(_ x: ValueID, _ loop: Loop) -> Int? {
    let body = loop.body
    guard let id = body.producer(of: x), let all = body.input(0, of: body.graph[id]),
      let position = loop.invariant(all), let shape = body.dimensions(all), shape.count == 3
    else { return nil }
    let place: LeadingIndex?
    switch body.graph[id].code.builtin {
    case .gather:
      guard body.graph[id].attributes.integer("axis") == 0,
        body.graph[id].attributes.integer("batch_dims") == 0
      else { return nil }
      place = body.graph[id].operand(1).flatMap { body.leadingIndex($0) }
    case .slice:
      guard let size = body.integers(body.graph[id].operand(2)), size.first == 1,
        zip(size, shape).dropFirst().allSatisfy({ $0 == -1 || $0 == $1 })
      else { return nil }
      place = body.graph[id].operand(1).flatMap { body.leadingIndex($0) }
    default: return nil
    }
    guard case .computed(let counter)? = place, loop.start(counter) == 0 else { return nil }
    return position
  }

  /// - Throws: a refusal where a result is none of the steps' results.
  func use(of index: Int, _ loop: Loop) throws(Refusal) -> Use {
    let (body, output) = (loop.body, loop.outputs[index])
    let result = loop.outputs[hidden]
    func isResult(_ value: ValueID?) -> Bool { value.map { body.scalar($0) } == body.scalar(result) }
    if isResult(output) { return .last }
    let name = loop.caller.graph.title(of: loop.results[index])
    guard index != cell else { throw Refusal("\(name), the state of its cell, is read") }
    guard let id = body.producer(of: output), let list = body.input(0, of: body.graph[id]),
      list == loop.inputs[index], isResult(body.graph[id].operand(1))
    else { throw Refusal("\(name) is read, and is no list of its results") }
    switch body.graph[id].code.builtin {
    case .dynamicUpdateSlice:
      // Of one entry, which each turn writes anew.
      if body.dimensions(list) == body.graph[id].operand(1).flatMap(body.dimensions) { return .last }
      guard case .computed(let counter)? = body.graph[id].operand(2).flatMap({ body.leadingIndex($0) }),
        loop.start(counter) == 0, body.dimensions(list)?.first == loop.turns
      else { throw Refusal("\(name) has not an entry for each turn") }
      return .list
    case .concatenation:
      guard body.graph[id].inputs.count == 2, body.graph[id].attributes.integer("axis") == 0 else {
        throw Refusal("\(name) is read, and is no list of its results")
      }
      return .grown
    default: throw Refusal("\(name) is read, and is no list of its results")
    }
  }
}
