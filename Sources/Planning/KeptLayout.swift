import GraphIR
import MemoryPlanning
import Runtimes

/// A model whose order and offsets have to stay as they are: other code than the runtime's knows them.
struct KeptLayout {
  /// Why, as a clause.
  let reason: String

  init(because reason: String) { self.reason = reason }

  /// - Returns: nil for a model that may be planned anew.
  init?(_ model: Model) {
    guard EthosULayout(model) != nil else { return nil }
    reason = EthosULayout.reasonToKeep
  }

  /// Where the file puts the tensors; those that it leaves to the runtime are where TFLM's planner puts them.
  func places(in model: Model) throws(PlanningError) -> [Charge.Place] {
    do throws(TFLMRuntimeError) {
      let plan = try? OfflinePlan.read(from: model)
      let charge = Charge(try TFLMRuntime(.host).predict(model, plan: plan))
      return (charge.places ?? []).filter { if case .tensor = $0.content { true } else { false } }
    } catch {
      throw .invalidProblem("\(error)")
    }
  }
}

extension Plan {
  /// This plan as that of a file which keeps its own: bytes that several live buffers share count once, and nothing was
  /// searched.
  func kept(because reason: String) -> Plan {
    let live = coveredBytes
    var plan = Plan(
      alignment: alignment, orderName: .file, orders: orders,
      steps: zip(steps, live).map { Step(graph: $0.graph, node: $0.node, liveBytes: $1) },
      pools: pools,
      buffers: buffers, proof: proof)
    let peak = live.max() ?? 0
    plan.proof = Proof(
      peakBytes: peak, lowerBoundBytes: peak, arenaLowerBoundBytes: arenaBytes, statesExpanded: 0,
      placementNodes: 0)
    plan.keptBecause = reason
    return plan
  }
}
