import GraphIR
import MemoryPlanning

/// Bytes that operators move into and out of each value during one inference.
///
/// An operator that writes a value writes all its bytes once, and one that reads it reads all its bytes once,
/// however often its kernel touches them, and in however many places the operator names it. An operator that
/// calls graphs also writes the inputs of those, and reads their outputs, once at each call; a loop counts as
/// one round, since a model does not say how many it runs. What the program writes into the model's inputs and
/// reads from its outputs does not count.
struct TensorTraffic {
  /// Bytes, by graph and value.
  let bytes: [[Int]]

  /// - Throws: `PlanningError.invalidProblem` where the bytes add up to more than 2⁵⁶.
  init(_ model: Model, along timeline: Timeline) throws(PlanningError) {
    var uses = model.graphs.map { [Int](repeating: 0, count: $0.values.count) }
    for step in timeline.steps {
      let node = model.graphs[step.graph.index][step.node]
      for value in Set(node.inputs.compactMap(\.self)) { uses[step.graph.index][value.index] += 1 }
      for value in Set(node.outputs) { uses[step.graph.index][value.index] += 1 }
      for called in node.calledGraphs {
        let graph = model.graphs[called.index]
        for value in graph.inputs.compactMap(\.self) { uses[called.index][value.index] += 1 }
        for value in graph.outputs.compactMap(\.self) { uses[called.index][value.index] += 1 }
      }
    }
    var total = 0
    var bytes = uses
    for (graph, counts) in uses.enumerated() {
      for (value, count) in counts.enumerated() {
        let moved = model.graphs[graph].values[value].byteCount.multipliedReportingOverflow(by: count)
        let (sum, overflow) = total.addingReportingOverflow(moved.partialValue)
        guard !moved.overflow, !overflow, sum <= 1 << 56 else {
          throw .invalidProblem("an inference moves more than 2⁵⁶ bytes: no memory does that")
        }
        bytes[graph][value] = moved.partialValue
        total = sum
      }
    }
    self.bytes = bytes
  }
}
