package import GraphIR
import Tensors

/// How often the graphs of a model run in one inference, where the file tells.
///
/// A loop is counted where its condition compares a counter with a constant, or joins such comparisons by LOGICAL_AND,
/// and its body adds a constant to the counter: the form in which converters write loops of a fixed length. Or takes the
/// next counter from a table, as loops over stripes do.
package struct LoopTrips: Sendable {
  /// By graph: runs in one inference, 0 for one that nothing calls; nil where a loop's turns are not known.
  ///
  /// Both branches of an IF count as run.
  package let runs: [Int?]

  package init(_ model: Model) {
    var runs = [Int?](repeating: 0, count: model.graphs.count)
    if !runs.isEmpty { runs[0] = 1 }
    for graph in model.callOrder.reversed() {
      let callerRuns = runs[graph.index]
      for node in model.graphs[graph.index].nodes {
        let called = node.calledGraphs.filter { runs.indices.contains($0.index) }
        let turns = node.code.builtin == .while ? Self.turns(of: node, in: graph, of: model) : 1
        for (position, callee) in called.enumerated() {
          let isCondition = node.code.builtin == .while && position == 0
          runs[callee.index] = sum(
            runs[callee.index], product(callerRuns, isCondition ? sum(turns, 1) : turns))
        }
      }
    }
    self.runs = runs
  }

  /// Turns of a WHILE's body; nil where they depend on the data, or the file does not show them plainly.
  package static func turns(of node: Node, in caller: GraphID, of model: Model) -> Int? {
    guard node.code.builtin == .while, node.calledGraphs.count == 2,
      node.calledGraphs.allSatisfy({ model.graphs.indices.contains($0.index) })
    else { return nil }
    let loop = Loop(
      operands: node.inputs, caller: model.graphs[caller.index],
      condition: model.graphs[node.calledGraphs[0].index], body: model.graphs[node.calledGraphs[1].index])
    guard let result = loop.condition.outputs.first ?? nil else { return nil }
    return loop.turns(until: result, depth: 0)
  }
}

private func sum(_ a: Int?, _ b: Int?) -> Int? {
  guard let a, let b else { return nil }
  return a.saturatingAdd(b)
}

private func product(_ a: Int?, _ b: Int?) -> Int? {
  if a == 0 || b == 0 { return 0 }
  guard let a, let b else { return nil }
  return a.saturatingMultiply(b)
}

/// A WHILE with the graphs it is made of.
private struct Loop {
  let operands: [ValueID?]
  let caller: Graph
  let condition: Graph
  let body: Graph

  /// Turns until a value of the condition is false.
  func turns(until value: ValueID, depth: Int) -> Int? {
    guard depth < 8, let node = condition.nodes.last(where: { $0.outputs.contains(value) }),
      node.inputs.count == 2, let left = node.inputs[0], let right = node.inputs[1]
    else { return nil }
    switch node.code.builtin {
    case .logicalAnd:
      let parts = [left, right].map { turns(until: $0, depth: depth + 1) }
      guard let first = parts[0], let second = parts[1] else { return nil }
      return min(first, second)
    case .less: return turns(from: left, to: right, reaches: false)
    case .lessEqual: return turns(from: left, to: right, reaches: true)
    case .greater: return turns(from: right, to: left, reaches: false)
    case .greaterEqual: return turns(from: right, to: left, reaches: true)
    default: return nil
    }
  }

  private func turns(from counter: ValueID, to limit: ValueID, reaches: Bool) -> Int? {
    guard let position = condition.inputs.firstIndex(of: counter), let start = initial(position),
      let step = step(position), step > 0,
      let end = condition.integer(limit) ?? condition.inputs.firstIndex(of: limit).flatMap(unchanged)
    else { return nil }
    let (distance, overflow) = end.subtractingReportingOverflow(start)
    guard !overflow else { return nil }
    if distance < 0 || distance == 0 && !reaches { return 0 }
    return reaches ? distance / step + 1 : (distance - 1) / step + 1
  }

  /// The constant that the caller gives for an operand.
  private func initial(_ position: Int) -> Int? {
    operands.indices.contains(position) ? operands[position].flatMap(caller.integer) : nil
  }

  /// The constant that every turn adds to an operand.
  private func step(_ position: Int) -> Int? {
    guard body.outputs.indices.contains(position), body.inputs.indices.contains(position),
      let result = body.outputs[position],
      let sum = body.nodes.last(where: { $0.outputs.contains(result) })
    else { return nil }
    if sum.code.builtin == .splitV { return step(position, from: sum, to: result) }
    guard sum.code.builtin == .add, sum.inputs.count == 2, let left = sum.inputs[0], let right = sum.inputs[1]
    else { return nil }
    if left == body.inputs[position] { return body.integer(right) }
    return right == body.inputs[position] ? body.integer(left) : nil
  }

  /// The width of a table's rows, of which the counter names the turn's: a part of each is the number behind the row, which
  /// is the next counter. Loops over stripes are written so.
  private func step(_ position: Int, from split: Node, to result: ValueID) -> Int? {
    guard split.inputs.count == 3, let row = split.inputs[0], let sizes = split.inputs[1],
      let part = split.outputs.firstIndex(of: result),
      let slice = body.nodes.last(where: { $0.outputs.contains(row) }), slice.code.builtin == .slice,
      slice.inputs.count == 3, let table = slice.inputs[0], slice.inputs[1] == body.inputs[position],
      let width = slice.inputs[2].flatMap(body.integer), width > 0
    else { return nil }
    let (parts, numbers) = (body.integers(sizes), body.integers(table))
    guard parts.indices.contains(part), parts[part] == 1, parts.allSatisfy({ (0...width).contains($0) }),
      !numbers.isEmpty, numbers.count.isMultiple(of: width)
    else { return nil }
    let place = parts[..<part].reduce(0, +)
    let isNext = stride(from: 0, to: numbers.count, by: width).allSatisfy { start in
      place < width && numbers[start + place] == start + width
    }
    return isNext && initial(position)?.isMultiple(of: width) == true ? width : nil
  }

  /// The constant that the caller gives for an operand that every turn passes on.
  private func unchanged(_ position: Int) -> Int? {
    guard body.outputs.indices.contains(position), body.inputs.indices.contains(position),
      body.outputs[position] == body.inputs[position]
    else { return nil }
    return initial(position)
  }
}

extension Graph {
  /// What a constant of int32 holds; nothing where it is none.
  fileprivate func integers(_ id: ValueID) -> [Int] {
    guard values.indices.contains(id.index), values[id.index].isConstant,
      values[id.index].elementType == .int32
    else { return [] }
    return values[id.index].data.elements(Int32.self).map(Int.init)
  }

  /// The integer that a constant of one element holds.
  fileprivate func integer(_ id: ValueID) -> Int? {
    guard values.indices.contains(id.index) else { return nil }
    let value = values[id.index]
    guard value.isConstant, value.shape?.elementCount == 1 else { return nil }
    switch value.elementType {
    case .int32: return value.data.elements(Int32.self).first.map(Int.init)
    case .int64: return value.data.elements(Int64.self).first.map(Int.init)
    default: return nil
    }
  }
}
