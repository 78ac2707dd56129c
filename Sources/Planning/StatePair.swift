import GraphIR
import MemoryPlanning

/// An output that is an input of the next inference, by positions among the main graph's ports.
package struct StatePair: Sendable, Hashable {
  package let input: Int
  package let output: Int

  package init(input: Int, output: Int) {
    self.input = input
    self.output = output
  }
}

extension Arranger {
  /// The plan with input and output of pairs at one address, where no other buffer stands in the way; the others stay
  /// as they are.
  ///
  /// Then nothing has to be copied between inferences: the input is read before the output is written, and nothing
  /// touches the output's bytes afterwards.
  func sharing(_ pairs: [StatePair], in plan: Plan) throws(PlanningError) -> Plan {
    guard let main = model.graphs.first, !pairs.isEmpty else { return plan }
    let arena = try arena(graphs(in: plan.orders.map { $0.map(\.index) }))
    guard arena.contents == plan.buffers.map(\.content) else { return plan }
    var plan = plan
    for pair in pairs {
      guard main.inputs.indices.contains(pair.input), main.outputs.indices.contains(pair.output),
        let input = position(main.inputs[pair.input], plan),
        let output = position(main.outputs[pair.output], plan),
        plan.buffers[input].byteCount == plan.buffers[output].byteCount,
        plan.buffers[input].lifetime.upperBound <= plan.buffers[output].lifetime.lowerBound
      else { continue }
      for (moved, target) in [(input, output), (output, input)] {
        var trial = plan
        trial.buffers[moved].offset = plan.buffers[target].offset
        if arena.problem.firstConflict(at: trial.buffers.map(\.offset)) == nil {
          plan = trial
          break
        }
      }
    }
    plan.pools[0].usedBytes = plan.buffers.map { $0.offset + $0.byteCount }.max() ?? 0
    return plan
  }

  private func position(_ value: ValueID?, _ plan: Plan) -> Int? {
    value.flatMap { value in plan.buffers.firstIndex { $0.content == .tensor(GraphID(0), value) } }
  }
}
