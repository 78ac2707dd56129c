import GraphIR
import MemoryPlanning

/// The tensors of one WHILE that hold one carried value: where they stand at one address, TFLM copies nothing, and each
/// is needed for its own part of the loop only.
struct LoopSlot {
  let loop: NodeID
  let position: Int
  let body: GraphID
  /// Operand, result, input of the condition, input and output of the body; nil for an operand that is a constant.
  let operand: ValueID?
  let result: ValueID
  let conditionInput: ValueID
  let bodyInput: ValueID
  let bodyOutput: ValueID
  let caller: GraphID
  let condition: GraphID

  /// Whether no turn changes the value.
  var isUnchanged: Bool { bodyInput == bodyOutput }

  var contents: [Plan.Content] {
    let inside: [Plan.Content] = [
      .tensor(caller, result), .tensor(condition, conditionInput), .tensor(body, bodyInput),
    ]
    return (operand.map { [.tensor(caller, $0)] } ?? []) + inside
      + (isUnchanged ? [] : [.tensor(body, bodyOutput)])
  }
}

extension LoopSlot {
  /// Whether a model has loops.
  static func mayBe(in model: Model) -> Bool {
    model.graphs.contains { $0.nodes.contains { $0.code.builtin == .while } }
  }

  /// What stays for the rest of the loop when its graph has read it for the last time.
  var lasting: [Plan.Content] {
    [.tensor(condition, conditionInput)] + (isUnchanged ? [.tensor(body, bodyInput)] : [])
  }

  /// The slots of a model's loops whose tensors can stand at one address: none is used twice, and no other call runs
  /// the loop's graphs.
  static func slots(of model: Model, _ timeline: Timeline) -> [LoopSlot] {
    var slots: [LoopSlot] = []
    for (index, graph) in model.graphs.enumerated() where timeline.graphRuns[index].count == 1 {
      for (number, node) in graph.nodes.enumerated() where node.code.builtin == .while {
        let called = node.calledGraphs
        guard called.count == 2, called[0] != called[1],
          called.allSatisfy({ timeline.graphRuns[$0.index].count == 1 })
        else { continue }
        for position in node.outputs.indices {
          let slot = slot(
            position, of: NodeID(number), in: GraphID(index), condition: called[0], body: called[1], model)
          if let slot { slots.append(slot) }
        }
      }
    }
    return slots
  }

  private static func slot(
    _ position: Int, of loop: NodeID, in caller: GraphID, condition: GraphID, body: GraphID, _ model: Model
  ) -> LoopSlot? {
    let (graph, conditions, inside) = (
      model.graphs[caller.index], model.graphs[condition.index], model.graphs[body.index]
    )
    let node = graph[loop]
    guard let operand = node.inputs.element(position) ?? nil,
      let conditionInput = conditions.inputs.element(position) ?? nil,
      let bodyInput = inside.inputs.element(position) ?? nil,
      let bodyOutput = inside.outputs.element(position) ?? nil,
      node.inputs.filter({ $0 == operand }).count == 1,
      conditions.inputs.filter({ $0 == conditionInput }).count == 1,
      inside.inputs.filter({ $0 == bodyInput }).count == 1,
      inside.outputs.filter({ $0 == bodyOutput }).count == 1,
      bodyInput == bodyOutput || !inside.inputs.contains(bodyOutput), !inside[bodyOutput].isConstant
    else { return nil }
    return LoopSlot(
      loop: loop, position: position, body: body, operand: graph[operand].isConstant ? nil : operand,
      result: node.outputs[position], conditionInput: conditionInput, bodyInput: bodyInput,
      bodyOutput: bodyOutput, caller: caller, condition: condition)
  }
}

extension Array {
  fileprivate func element(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
