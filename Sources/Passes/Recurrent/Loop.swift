import GraphIR

/// A WHILE whose number of turns is known: counters, what stays, what changes from turn to turn.
struct Loop {
  let caller: RewriteContext
  let node: NodeID
  let body: RewriteContext
  let turns: Int
  /// The first number of each counter, which goes up by one from turn to turn; nil for other values.
  let starts: [Int?]

  /// What the loop hands on: by position its operand, what the body takes and gives, its result.
  let operands: [ValueID]
  let inputs: [ValueID]
  let outputs: [ValueID]
  let results: [ValueID]

  /// - Parameter id: a node of the caller's graph.
  /// - Throws: a refusal that says why nothing is known of the loop.
  init(_ model: Model, _ caller: RewriteContext, _ id: NodeID) throws(Refusal) {
    let source = caller.graph[id]
    guard source.code.builtin == .while else { throw .noMatch }
    let called = source.calledGraphs
    let bodyGraph = model.graphs[called[1].index]
    operands = source.inputs.compactMap(\.self)
    inputs = bodyGraph.inputs.compactMap(\.self)
    outputs = bodyGraph.outputs.compactMap(\.self)
    results = source.outputs
    guard operands.count == results.count, inputs.count == results.count, outputs.count == results.count
    else {
      throw Refusal("an operand of the loop is absent")
    }
    self.caller = caller
    node = id
    body = Self.body(model, called[1], operands, inputs, outputs, caller)
    var starts: [Int?] = []
    for index in operands.indices {
      let isCounter = Self.isNext(outputs[index], of: inputs[index], body)
      starts.append(
        isCounter ? caller.integers(operands[index]).flatMap { $0.count == 1 ? $0[0] : nil } : nil)
    }
    self.starts = starts
    let condition = RewriteContext(model, called[0])
    guard let result = condition.graph.outputs.first ?? nil,
      let turns = Self.turns(result, condition, starts) ?? nil
    else { throw Refusal("the number of its turns is not known before the model runs") }
    self.turns = turns
  }

  /// The body, with what is a constant of the caller in every turn as a constant of its own.
  private static func body(
    _ model: Model, _ id: GraphID, _ operands: [ValueID], _ inputs: [ValueID], _ outputs: [ValueID],
    _ caller: RewriteContext
  ) -> RewriteContext {
    var edit = GraphEdit(of: model.graphs[id.index])
    for (index, input) in inputs.enumerated()
    where outputs[index] == input && caller.isConstant(operands[index]) {
      edit[input].data = caller.graph[operands[index]].data
    }
    var copy = model
    copy.apply(edit, to: id)
    return RewriteContext(copy, id)
  }

  /// Whether a value is another one plus one.
  private static func isNext(_ value: ValueID, of other: ValueID, _ body: RewriteContext) -> Bool {
    guard let sum = body.node(.add, writing: value) else { return false }
    return body.operandPairs(of: sum, isCommutative: true).contains {
      $0.0 == other && body.integers($0.1) == [1]
    }
  }

  /// How many turns a condition allows; nil where that is not known.
  private static func turns(
    _ value: ValueID, _ condition: RewriteContext, _ starts: [Int?], depth: Int = 8
  ) -> Int? {
    guard depth > 0, let id = condition.producer(of: value), condition.graph[id].inputs.count == 2,
      let left = condition.graph[id].inputs[0], let right = condition.graph[id].inputs[1]
    else { return nil }
    switch condition.graph[id].code.builtin {
    case .logicalAnd:
      guard let first = turns(left, condition, starts, depth: depth - 1),
        let second = turns(right, condition, starts, depth: depth - 1)
      else { return nil }
      return min(first, second)
    case .less, .greater:
      let isLess = condition.graph[id].code.builtin == .less
      let (counter, limit) = isLess ? (left, right) : (right, left)
      guard let index = condition.graph.inputs.firstIndex(of: counter), starts.indices.contains(index),
        let start = starts[index], let bound = condition.integers(limit)?.first
      else { return nil }
      return max(0, bound - start)
    default: return nil
    }
  }

  /// The position of an operand that is the same in every turn; nil for other values of the body.
  func invariant(_ value: ValueID) -> Int? {
    inputs.firstIndex(of: value).flatMap { outputs[$0] == value ? $0 : nil }
  }

  /// The number that a counter of the body starts from; nil for other values.
  func start(_ value: ValueID) -> Int? { inputs.firstIndex(of: value).flatMap { starts[$0] } }

  /// Whether somebody sees a result of the loop.
  func isRead(_ index: Int) -> Bool {
    !caller.consumers[results[index].index].isEmpty || caller.isPort[results[index].index]
  }
}

/// A place along the first axis, all of whose other axes start at zero.
enum LeadingIndex: Equatable {
  case known(Int)
  case computed(ValueID)
}

extension RewriteContext {
  /// What a vector of starts says, where all but the first are zero.
  func leadingIndex(_ vector: ValueID) -> LeadingIndex? {
    if let numbers = integers(vector) {
      return numbers.first.flatMap { numbers.dropFirst().allSatisfy { $0 == 0 } ? .known($0) : nil }
    }
    let vector = scalar(vector)
    guard let id = node(.concatenation, .pack, writing: vector), let first = graph[id].inputs.first ?? nil,
      graph[id].inputs.dropFirst().allSatisfy({ integers($0)?.allSatisfy { $0 == 0 } ?? false })
    else { return dimensions(vector).map { $0.reduce(1, *) } == 1 ? .computed(vector) : nil }
    return dimensions(first)?.reduce(1, *) == 1 ? .computed(scalar(first)) : nil
  }

  /// The value behind operators that change the shape only.
  func scalar(_ value: ValueID) -> ValueID {
    var value = value
    for _ in 0..<8 {
      guard let id = node(.reshape, .squeeze, .expandDims, writing: value),
        let operand = input(0, of: graph[id])
      else { break }
      value = operand
    }
    return value
  }
}
