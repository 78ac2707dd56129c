package import GraphIR
package import MemoryPlanning
package import Passes

/// Which memory each tensor is in, or what is missing.
package struct RegionReport: Sendable {
  /// The memories that were given, the fastest first.
  package let regions: [MemoryRegion]
  /// nil where the tensors do not fit.
  package let plan: RegionPlan?
  /// What is missing, as a sentence without a full stop; nil where the tensors fit.
  package let shortage: String?
  /// Names of the plan's tensors, or their positions where they have none.
  package let names: [String]

  /// Plans and gathers the report.
  ///
  /// - Parameters:
  ///   - orders: for every graph, all its nodes; nil for the orders of the file.
  ///   - alignment: bytes to a multiple of which every tensor is rounded up.
  ///   - device: what the kernels of a runtime need and allow; nil for the tensors alone.
  /// - Throws: `PlanningError` where the model cannot be planned.
  package init(
    _ model: Model, _ regions: [MemoryRegion], orders: [[NodeID]]?, alignment: Int,
    device: DeviceMemory? = nil
  ) throws(PlanningError) {
    self.regions = regions
    do throws(RegionPlanError) {
      let plan = try RegionPlanner(model, regions: regions, alignment: alignment, device: device)
        .plan(orders: orders)
      self.plan = plan
      shortage = nil
      names = plan.tensors.map { model.graphs[$0.graph.index].name(of: $0.value) }
    } catch {
      switch error {
      case .planning(let error): throw error
      case .doesNotFit(let reason): (plan, shortage, names) = (nil, reason, [])
      }
    }
  }

  /// Positions in the plan's tensors of those that are not in the first region, the busiest first.
  var slower: [Int] {
    guard let tensors = plan?.tensors else { return [] }
    return tensors.indices.filter { tensors[$0].region > 0 }
      .sorted { (-tensors[$0].trafficBytes, $0) < (-tensors[$1].trafficBytes, $1) }
  }
}
