import GraphIR
import MemoryPlanning
import ModelFiles
import Passes
import Reporting

/// Writes a planned model, once it has given the same answers inside the planned arena.
struct PlannedModelWriter {
  let report: PlanReport
  let model: Model

  /// - Throws: `PlanFailure` where the plan changes an answer, which is a bug of the planner.
  func write(to path: String) throws {
    guard let runtime = report.runtime else {
      return try writeReordered(report.plan.orders, to: path)
    }
    if runtime.device.isUnchanged {
      Console.note("nnopt: \(path): as the model came; no plan makes stock TFLM take less")
      return try ModelFile.write(model, to: path)
    }
    var device = runtime.device
    if !device.hasOffsets { return try ModelFile.write(device.model, to: path) }
    switch PlanCheck.run(model, device.memory) {
    case .same: break
    case .differs(let name, let sample):
      let message =
        "\(path): not written: inside the planned arena \(name) writes something else for random sample \(sample). "
        + "This is a bug in nnopt; --kernels any or --no-offline-plan may avoid it"
      throw PlanFailure(path: path, message: message)
    case .notRun(let reason):
      Console.note("nnopt: \(path): planned without overlaps, the plan cannot be checked: \(reason)")
      device = try DevicePlanner(device.target, safeOn: []).devicePlan(
        for: model, order: report.plan.orderName)
    }
    try ModelFile.write(device.model, to: path)
  }

  private func writeReordered(_ orders: [[NodeID]], to path: String) throws {
    var planned = model
    for name in ReorderOperators.apply(orders, to: &planned) {
      Console.note("nnopt: \(path): dropped metadata '\(name)', it describes the old order")
    }
    try ModelFile.write(planned, to: path)
  }
}
