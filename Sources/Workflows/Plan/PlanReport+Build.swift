package import GraphIR
import MemoryPlanning
package import Planning

extension PlanReport {
  /// Gathers the report on a planned model.
  ///
  /// - Parameters:
  ///   - orders: the peaks of all compared orders.
  ///   - fileOrderLiveBytes: live bytes at each step in the file's order.
  ///   - runtime: what TFLM takes; nil for the tensors alone.
  package init(
    path: String, model: Model, planned: PlannedModel, orders: [OrderPeak], fileOrderLiveBytes: [Int],
    seconds: Double, runtime: RuntimeReport? = nil, bounds: PlanBounds
  ) {
    let plan = planned.plan
    self.init(
      path: path, summary: ModelSummary(model), orders: orders, plan: plan, model: planned.model,
      seconds: seconds, peak: Self.peakStep(of: plan, in: model), fileOrderLiveBytes: fileOrderLiveBytes,
      stepLabels: plan.steps.map { Self.label(of: $0, in: model) },
      buffers: plan.buffers.map { Self.facts(of: $0.content, in: model) }, runtime: runtime,
      bounds: bounds)
  }

  private static func label(of step: Plan.Step, in model: Model) -> String {
    let place = step.graph.index == 0 ? "" : "subgraph \(step.graph.index), "
    return place + model.graphs[step.graph.index].title(of: step.node)
  }

  private static func facts(of content: Plan.Content, in model: Model) -> BufferFacts {
    let name = content.name(in: model)
    guard case .tensor(let graph, let value) = content else {
      return BufferFacts(name: name, shape: nil, elementType: nil)
    }
    let tensor = model.graphs[graph.index][value]
    return BufferFacts(name: name, shape: tensor.shape, elementType: tensor.elementType)
  }

  private static func peakStep(of plan: Plan, in model: Model) -> PeakStep? {
    guard let index = plan.steps.firstIndex(where: { $0.liveBytes == plan.peakBytes }) else { return nil }
    let step = plan.steps[index]
    let live = plan.buffers.indices
      .filter { plan.buffers[$0].lifetime.contains(index) && plan.buffers[$0].byteCount > 0 }
      .sorted { (-plan.buffers[$0].byteCount, $0) < (-plan.buffers[$1].byteCount, $1) }
    return PeakStep(
      step: index, operatorLabel: label(of: step, in: model),
      buffers: live.map { LiveBuffer(index: $0, role: role(of: plan.buffers[$0].content, at: step, model)) })
  }

  private static func role(of content: Plan.Content, at step: Plan.Step, _ model: Model) -> Role {
    switch content {
    case .scratch: return .scratch
    case .tensor(let graph, let value):
      guard graph == step.graph else { return .held }
      let node = model.graphs[step.graph.index][step.node]
      return node.outputs.contains(value) ? .output : node.inputs.contains(value) ? .input : .held
    }
  }
}
