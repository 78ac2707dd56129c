package import Boards
package import GraphIR
import MemoryPlanning
package import Passes

extension PlanReport {
  /// Gathers the report on a plan.
  ///
  /// - Parameters:
  ///   - plan: the plan to report.
  ///   - filePlan: the plan of the same model in the file's order.
  ///   - peaks: the peaks of all compared orders.
  ///   - runtime: what TFLM takes; nil for the tensors alone.
  package init(
    path: String, model: Model, plan: MemoryPlan, filePlan: MemoryPlan, peaks: [OrderPeak],
    seconds: Double, runtime: RuntimeReport? = nil, board: Board?, limitBytes: Int?
  ) {
    let requested = runtime?.arenaBytes ?? plan.arenaBytes
    self.init(
      path: path, summary: ModelSummary(model), orders: peaks, plan: plan, seconds: seconds,
      peak: Self.peakStep(of: plan, in: model),
      fileOrderLiveBytes: filePlan.steps.map(\.liveBytes),
      stepLabels: plan.steps.map { Self.label(of: $0, in: model) },
      tensors: plan.tensors.map { Self.facts(of: $0.value, in: $0.graph, model) },
      runtime: runtime,
      board: board.map { BoardVerdict(board: $0, requestedBytes: requested) },
      limitBytes: limitBytes)
  }

  private static func label(of step: MemoryPlan.Step, in model: Model) -> String {
    let name = model.graphs[step.graph.index][step.node].code.name
    let place = step.graph.index == 0 ? "" : "subgraph \(step.graph.index), "
    return "\(place)operator \(step.node.index) (\(name))"
  }

  private static func facts(of id: ValueID, in graph: GraphID, _ model: Model) -> TensorFacts {
    let value = model.graphs[graph.index][id]
    return TensorFacts(
      name: model.graphs[graph.index].name(of: id), shape: value.shape, elementType: value.elementType)
  }

  private static func peakStep(of plan: MemoryPlan, in model: Model) -> PeakStep? {
    guard let index = plan.steps.firstIndex(where: { $0.liveBytes == plan.peakBytes }) else { return nil }
    let step = plan.steps[index]
    let node = model.graphs[step.graph.index][step.node]
    let live = plan.tensors.indices
      .filter { plan.tensors[$0].lifetime.contains(index) && plan.tensors[$0].byteCount > 0 }
      .sorted { (-plan.tensors[$0].byteCount, $0) < (-plan.tensors[$1].byteCount, $1) }
    let tensors = live.map { place in
      let tensor = plan.tensors[place]
      let isHere = tensor.graph == step.graph
      let role: Role =
        isHere && node.outputs.contains(tensor.value)
        ? .output : isHere && node.inputs.contains(tensor.value) ? .input : .held
      return LiveTensor(index: place, role: role)
    }
    return PeakStep(step: index, operatorLabel: label(of: step, in: model), tensors: tensors)
  }
}
