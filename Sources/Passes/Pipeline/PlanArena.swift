package import GraphIR
import MemoryPlanning

/// Puts the operators into the order, and the tensors at the offsets, with which TFLM takes the smallest arena.
package struct PlanArena: Pass {
  package static let name = "plan-arena"

  private let planner: DevicePlanner

  package init(_ planner: DevicePlanner) { self.planner = planner }

  /// - Throws: `PassError` where the model cannot be planned.
  package func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    do throws(PlanningError) {
      let plan = try planner.devicePlan(for: model)
      guard plan.stock.unknownOperators.isEmpty else {
        let names = plan.stock.unknownOperators.joined(separator: ", ")
        return log.refused(Self.name, "model", "TFLM has no kernel for \(names)")
      }
      if plan.isUnchanged {
        return log.refused(Self.name, "model", "no plan makes stock TFLM take less")
      }
      switch PlanCheck.run(model, plan.memory) {
      case .same: break
      case .differs(let name, let sample):
        throw .invalidProblem("inside the arena \(name) writes something else for random sample \(sample)")
      case .notRun(let reason):
        return log.refused(Self.name, "model", "the plan cannot be checked: \(reason)")
      }
      log.edited(
        Self.name, "model", "head \(plan.stock.headBytes) B → \(plan.planned.headBytes) B")
      model = plan.model
    } catch {
      throw PassError(pass: Self.name, reason: "\(error)")
    }
  }
}
