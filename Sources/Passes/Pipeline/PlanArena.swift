package import GraphIR
import MemoryPlanning
package import Planning
import Runtimes

/// Puts the operators into the order, and the tensors at the offsets, with which TFLM takes the smallest arena.
package struct PlanArena: Pass {
  package static let name = "plan-arena"

  private let planner: Planner<TFLMBuild>

  package init(_ planner: Planner<TFLMBuild>) { self.planner = planner }

  /// - Throws: `PassError` where the model cannot be planned.
  package func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    if StripeLoops(model) != nil, (try? OfflinePlan.read(from: model)) ?? nil != nil {
      return log.refused(Self.name, "model", "its stripes were planned when they were made")
    }
    do throws(PlanGate.Failure) {
      let planned = try plannedModel(for: model)
      guard planned.stock.unknownOperators.isEmpty else {
        let names = planned.stock.unknownOperators.joined(separator: ", ")
        return log.refused(Self.name, "model", "TFLM has no kernel for \(names)")
      }
      let (passed, reason) = try PlanGate.pass(planned, of: model, by: planner)
      if let reason {
        log.refused(Self.name, "model", "planned without overlaps, which cannot be checked: \(reason)")
      }
      if passed.isUnchanged {
        return log.refused(Self.name, "model", "no plan makes stock TFLM take less")
      }
      log.edited(
        Self.name, "model", "head \(passed.stock.headBytes) B → \(passed.charge.headBytes) B")
      model = passed.model
    } catch {
      throw PassError(pass: Self.name, reason: "\(error)")
    }
  }

  private func plannedModel(for model: Model) throws(PlanGate.Failure) -> PlannedModel {
    do throws(PlanningError) { return try planner.plannedModel(for: model) } catch { throw .planning(error) }
  }
}
