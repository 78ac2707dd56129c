package import GraphIR
import MemoryPlanning

/// Spreads a model's activations over several memories, the busiest ones into the fastest.
///
/// What counts is `TensorTraffic`: bytes that operators read and write per inference. Scratch buffers, which
/// kernels go through again and again, are in the fastest region that takes them, before any tensor; only
/// where the rest then fits nowhere they give way. Every region starts at a multiple of the alignment.
package struct RegionPlanner: Sendable {
  private let model: Model
  private let regions: [MemoryRegion]
  private let planner: MemoryPlanner

  /// - Parameters:
  ///   - regions: the memories, the fastest first; 1 to 16 with names of their own.
  ///   - alignment: bytes to a multiple of which every tensor is rounded up.
  ///   - device: what the kernels of a runtime need and allow; nil for the tensors alone.
  /// - Throws: `RegionPlanError.planning` as `MemoryPlanner` does.
  package init(
    _ model: Model, regions: [MemoryRegion], alignment: Int = 16, device: DeviceMemory? = nil
  ) throws(RegionPlanError) {
    self.model = model
    self.regions = regions
    do throws(PlanningError) {
      planner = try MemoryPlanner(model, alignment: alignment, device: device)
    } catch {
      throw .planning(error)
    }
  }

  /// Plans with given orders, or with those of the file.
  ///
  /// - Parameter orders: for every graph, all its nodes, every one behind those it waits for.
  /// - Throws: `RegionPlanError.doesNotFit` saying what is missing, `planning` where the operators wait for each
  ///   other in a cycle, or numbers are too large.
  package func plan(orders: [[NodeID]]? = nil) throws(RegionPlanError) -> RegionPlan {
    let arena: ArenaProblem
    let traffic: [Int]
    let (free, pinned): (RegionProblem, RegionProblem)
    do throws(PlanningError) {
      let orders = orders?.map { $0.map(\.index) } ?? model.graphs.map { Array($0.nodes.indices) }
      arena = try planner.arena(planner.graphs(in: orders))
      traffic = try self.traffic(of: arena)
      (free, pinned) = try problems(arena, traffic)
    } catch {
      throw .planning(error)
    }
    guard let result = pinned.optimizedAssignment() ?? free.optimizedAssignment() else {
      throw .doesNotFit(RegionMisfit(free, arena, model: model, regions: regions).sentence)
    }
    return plan(result, arena, traffic)
  }

  private func traffic(of arena: ArenaProblem) throws(PlanningError) -> [Int] {
    let traffic = try TensorTraffic(model, along: arena.timeline)
    return arena.tensors.map { traffic.bytes[$0.graph.index][$0.value.index] }
  }

  /// The problem without pins, and with every scratch buffer in the fastest region that takes it.
  ///
  /// A scratch buffer is worth what a tensor is that is written and read once.
  private func problems(
    _ arena: ArenaProblem, _ traffic: [Int]
  ) throws(PlanningError) -> (free: RegionProblem, pinned: RegionProblem) {
    let capacities = regions.map(\.byteCount)
    let sizes = arena.problem.buffers.dropFirst(traffic.count).map(\.size)
    guard sizes.allSatisfy({ $0 <= 1 << 58 }) else {
      throw .invalidProblem("an operator's scratch buffers take more than 2⁵⁸ bytes")
    }
    let values = traffic + sizes.map { 2 * $0 }
    let pins = traffic.map { _ in nil } + sizes.map { size in capacities.firstIndex { size <= $0 } }
    return (
      try RegionProblem(arena.problem, values: values, capacities: capacities),
      try RegionProblem(arena.problem, values: values, pins: pins, capacities: capacities)
    )
  }

  private func plan(_ result: OptimizedRegions, _ arena: ArenaProblem, _ traffic: [Int]) -> RegionPlan {
    let (places, offsets) = (result.assignment.regions, result.assignment.offsets)
    let buffers = arena.problem.buffers
    let tensors = arena.tensors.enumerated().map { index, owner in
      RegionPlan.Tensor(
        graph: owner.graph, value: owner.value, region: places[index], offset: offsets[index],
        byteCount: buffers[index].size, trafficBytes: traffic[index],
        lifetime: buffers[index].lower..<buffers[index].upper)
    }
    let scratch = arena.scratch.enumerated().map { number, owner in
      let index = tensors.count + number
      return RegionPlan.Scratch(
        graph: owner.graph, node: owner.node, region: places[index], offset: offsets[index],
        byteCount: buffers[index].size)
    }
    let used = regions.enumerated().map { number, region in
      let inside = tensors.filter { $0.region == number }
      let end = buffers.indices.reduce(0) {
        places[$1] == number ? max($0, offsets[$1] + buffers[$1].size) : $0
      }
      return RegionPlan.Region(
        name: region.name, capacityBytes: region.byteCount, usedBytes: end, tensorCount: inside.count,
        trafficBytes: inside.reduce(0) { $0 + $1.trafficBytes })
    }
    return RegionPlan(
      regions: used, tensors: tensors, scratch: scratch, score: result.score, upperBound: result.upperBound)
  }
}
