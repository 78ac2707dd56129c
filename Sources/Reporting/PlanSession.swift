package import Boards
package import GraphIR
package import MemoryPlanning
package import Passes
import Runtimes

/// Plans one model in all the orders that a report compares.
package struct PlanSession {
  package let model: Model
  package let path: String
  package let alignment: Int
  package let stateBudget: Int
  /// The build of TFLM to plan for; nil for the tensors alone.
  package let runtime: RuntimeChoice?
  /// Memories to spread the tensors over, the fastest first; nil for none.
  package let regions: [MemoryRegion]?

  package init(
    model: Model, path: String, alignment: Int, stateBudget: Int, runtime: RuntimeChoice? = nil,
    regions: [MemoryRegion]? = nil
  ) {
    self.regions = regions
    self.model = model
    self.path = path
    self.alignment = alignment
    self.stateBudget = stateBudget
    self.runtime = runtime
  }

  /// Plans with the order of the given name and gathers the report.
  ///
  /// - Throws: `PlanFailure` naming the path.
  package func report(order: NamedOrder, board: Board?, limitBytes: Int?) throws(PlanFailure) -> PlanReport {
    do throws(PlanningError) {
      let start = ContinuousClock.now
      let options = OrderSearchOptions(stateBudget: stateBudget)
      let planner = try MemoryPlanner(model, alignment: alignment, searchOptions: options)
      let best = try planner.plan(.optimal)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let file = try planner.plan(.file)
      let device = try runtime?.report(on: model, order: order, options: options)
      var peaks: [PlanReport.OrderPeak] = []
      for name in NamedOrder.allCases {
        let peak = name == .optimal ? best.peakBytes : try planner.peakBytes(name)
        peaks.append(PlanReport.OrderPeak(name: name, peakBytes: peak))
      }
      let plan = try order == .optimal ? best : planner.plan(order).withLowerBound(of: best)
      var report = PlanReport(
        path: path, model: model, plan: plan, filePlan: file, peaks: peaks, seconds: seconds,
        runtime: (device?.device.stock.unknownOperators ?? []).isEmpty ? device : nil, board: board,
        limitBytes: limitBytes)
      report.cost = board.map { CostModel($0.processor, kernels: runtime?.target.kernels).estimate(model) }
      report.regions = try regionReport(report.runtime, plan)
      return report
    } catch {
      throw PlanFailure(path: path, message: "\(path): \(error)")
    }
  }
}

extension PlanSession {
  /// Spreads the tensors over the regions, in the order of the file that is written.
  private func regionReport(
    _ runtime: RuntimeReport?, _ plan: MemoryPlan
  ) throws(PlanningError) -> RegionReport? {
    guard let regions else { return nil }
    guard let device = runtime?.device else {
      return try RegionReport(model, regions, orders: plan.orders, alignment: alignment)
    }
    let memory = try DevicePlanner(device.target, safeOn: device.libraries).deviceMemory(of: model)
    return try RegionReport(
      model, regions, orders: device.isUnchanged ? nil : device.memory.orders,
      alignment: device.memory.alignment, device: memory)
  }
}

/// A model that could not be planned, and why.
package struct PlanFailure: Error, Sendable, CustomStringConvertible {
  package let path: String
  /// A sentence that names the path.
  package let message: String

  package init(path: String, message: String) {
    self.path = path
    self.message = message
  }

  package var description: String { message }
}
