package import GraphIR
package import MemoryPlanning
package import Planning

/// Which memory each tensor is in, or what is missing.
package struct RegionReport: Sendable {
  /// The memories that were given, the fastest first.
  package let regions: [Plan.Pool]
  /// nil where the tensors do not fit.
  package let plan: Plan?
  /// What is missing, as a sentence without a full stop; nil where the tensors fit.
  package let shortage: String?
  /// Names of the plan's buffers.
  package let names: [String]

  /// Plans and gathers the report.
  ///
  /// - Parameters:
  ///   - orders: for every graph, all its nodes; nil for the orders of the file.
  ///   - alignment: bytes to a multiple of which every buffer is rounded up; the runtime's by default.
  /// - Throws: `PlanningError` where the model cannot be planned.
  package init(
    _ model: Model, _ regions: [Plan.Pool], runtime: some Runtime, orders: [[NodeID]]?
  ) throws(PlanningError) {
    self.regions = regions
    do throws(PoolError) {
      let plan = try PoolPlanner(model, pools: regions, runtime: runtime).plan(orders: orders)
      self.plan = plan
      shortage = nil
      names = plan.buffers.map { $0.content.name(in: model) }
    } catch {
      switch error {
      case .planning(let error): throw error
      case .doesNotFit(let reason): (plan, shortage, names) = (nil, reason, [])
      }
    }
  }

  /// Positions in the plan's buffers of tensors that are not in the first region, the busiest first.
  package var slower: [Int] {
    guard let buffers = plan?.buffers else { return [] }
    return buffers.indices.filter { buffers[$0].pool > 0 && buffers[$0].tensor != nil }
      .sorted { (-buffers[$0].trafficBytes, $0) < (-buffers[$1].trafficBytes, $1) }
  }
}
