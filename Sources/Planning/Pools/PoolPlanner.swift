package import GraphIR
import MemoryPlanning

/// Spreads a model's buffers over several memories, the busiest ones into the fastest.
///
/// What counts is `TensorTraffic`: bytes that operators read and write per inference. Scratch buffers, which
/// kernels go through again and again, are in the fastest pool that takes them, before any tensor; only
/// where the rest then fits nowhere they give way. Every pool starts at a multiple of the alignment.
package struct PoolPlanner: Sendable {
  private let model: Model
  private let pools: [Plan.Pool]
  private let capacities: [Int]
  private let arranger: Arranger

  /// - Parameters:
  ///   - pools: the memories, the fastest first; 1 to 16 with names of their own and capacities.
  ///   - alignment: bytes to a multiple of which every buffer is rounded up; the runtime's by default.
  /// - Throws: `PoolError.planning` as `Arranger` does.
  package init(
    _ model: Model, pools: [Plan.Pool], runtime: some Runtime, alignment: Int? = nil
  ) throws(PoolError) {
    if let kept = KeptLayout(model) {
      throw .planning(
        .invalidProblem("its tensors cannot be spread over several memories: \(kept.reason)"))
    }
    self.model = model
    self.pools = pools
    capacities = pools.map { $0.capacityBytes ?? 1 << 58 }
    do throws(PlanningError) {
      arranger = try Arranger(model, for: runtime, alignment: alignment)
    } catch {
      throw .planning(error)
    }
  }

  /// Plans with given orders, or with those of the file.
  ///
  /// - Parameter orders: for every graph, all its nodes, every one behind those it waits for.
  /// - Throws: `PoolError.doesNotFit` saying what is missing, `planning` where the operators wait for each
  ///   other in a cycle, or numbers are too large.
  package func plan(orders: [[NodeID]]? = nil) throws(PoolError) -> Plan {
    let arena: ArenaProblem
    let traffic: [Int]
    let (free, pinned): (RegionProblem, RegionProblem)
    let single: Plan
    do throws(PlanningError) {
      let orders = orders?.map { $0.map(\.index) } ?? model.graphs.map { Array($0.nodes.indices) }
      let ordered = try arranger.graphs(in: orders)
      arena = try arranger.arena(ordered)
      traffic = try self.traffic(of: arena)
      (free, pinned) = try problems(arena, traffic)
      single = arranger.plan(
        ordered, .file, arena, offsets: arena.contents.map { _ in 0 }, lowerBound: 0, nodes: 0)
    } catch {
      throw .planning(error)
    }
    guard let result = pinned.optimizedAssignment() ?? free.optimizedAssignment() else {
      throw .doesNotFit(PoolMisfit(free, arena, model: model, pools: pools).sentence)
    }
    return spread(single, by: result, traffic)
  }

  /// Traffic by buffer; 0 for those of kernels.
  private func traffic(of arena: ArenaProblem) throws(PlanningError) -> [Int] {
    let traffic = try TensorTraffic(model, along: arena.timeline)
    return arena.contents.map { content in
      guard case .tensor(let graph, let value) = content else { return 0 }
      return traffic.bytes[graph.index][value.index]
    }
  }

  /// The problem without pins, and with every scratch buffer in the fastest pool that takes it.
  ///
  /// A scratch buffer is worth what a tensor is that is written and read once.
  private func problems(
    _ arena: ArenaProblem, _ traffic: [Int]
  ) throws(PlanningError) -> (free: RegionProblem, pinned: RegionProblem) {
    var values = traffic
    var pins = [Int?](repeating: nil, count: traffic.count)
    for (index, content) in arena.contents.enumerated() {
      guard case .scratch = content else { continue }
      let size = arena.problem.buffers[index].size
      guard size <= 1 << 58 else {
        throw .invalidProblem("an operator's scratch buffers take more than 2⁵⁸ bytes")
      }
      values[index] = 2 * size
      pins[index] = capacities.firstIndex { size <= $0 }
    }
    return (
      try RegionProblem(arena.problem, values: values, capacities: capacities),
      try RegionProblem(arena.problem, values: values, pins: pins, capacities: capacities)
    )
  }

  private func spread(_ single: Plan, by result: OptimizedRegions, _ traffic: [Int]) -> Plan {
    var plan = single
    plan.pools = pools
    for index in plan.buffers.indices {
      plan.buffers[index].pool = result.assignment.regions[index]
      plan.buffers[index].offset = result.assignment.offsets[index]
      plan.buffers[index].trafficBytes = traffic[index]
      let end = plan.buffers[index].offset + plan.buffers[index].byteCount
      plan.pools[plan.buffers[index].pool].usedBytes = max(
        plan.pools[plan.buffers[index].pool].usedBytes, end)
    }
    plan.spread = Plan.Spread(score: result.score, upperBound: result.upperBound)
    return plan
  }
}

extension Plan {
  /// Bytes that operators move into and out of the tensors of a pool, or of all, in one inference.
  package func trafficBytes(in pool: Int? = nil) -> Int {
    buffers.reduce(0) { pool == nil || $1.pool == pool ? $0 + $1.trafficBytes : $0 }
  }

  /// The tensors in a pool.
  package func tensorCount(in pool: Int) -> Int { buffers.count { $0.pool == pool && $0.tensor != nil } }
}
