import Execution
import GraphIR
import MemoryPlanning
package import Planning
package import Runtimes

/// For which build of TFLM a model is planned.
package struct RuntimeChoice: Sendable {
  package let build: TFLMBuild
  /// nil for a plan that is safe on every library.
  package let kernels: KernelLibrary?
  /// The processor, in words.
  package let processor: String
  /// Whether plans for all libraries are made, to show what optimized kernels cost.
  package let comparesLibraries: Bool
  /// Plans of the striped model that is planned, where there are some.
  package var known: [KnownPlan] = []

  package init(
    target: TFLMTarget, kernels: KernelLibrary?, processor: String, comparesLibraries: Bool,
    writesOffsets: Bool = true
  ) {
    build = TFLMBuild(
      target, safeOn: kernels.map { [$0] } ?? KernelLibrary.any, writesOffsets: writesOffsets)
    self.kernels = kernels
    self.processor = processor
    self.comparesLibraries = comparesLibraries
  }
}

extension RuntimeChoice {
  /// Plans a model for the target, and for every library where they are compared, and gathers the report.
  ///
  /// - Parameters:
  ///   - original: what the model was made of by stripes, and is compared with; nil where it came so.
  ///   - isWritten: whether the planned model is to be written, and so has to pass `PlanGate`.
  /// - Throws: `PlanGate.Failure` where the model cannot be planned, or the plan is wrong.
  func report(
    on model: Model, madeOf original: Model? = nil, order: NamedOrder, effort: PlanningEffort,
    isWritten: Bool,
    states: [StatePair]
  ) throws(PlanGate.Failure) -> RuntimeReport {
    let others = comparesLibraries ? KernelLibrary.allCases.map { ($0, target(for: $0)) } : []
    let builds =
      [build]
      + others.map { TFLMBuild($1.target, safeOn: [$0], writesOffsets: build.obeysOffsets) }
    let cache = PlanCache<TFLMBuild>(of: model)
    let planners = builds.map { build in
      var planner = Planner(for: build, effort: effort)
      planner.cache = cache
      planner.states = states
      return order == .optimal ? planner.knowing(known) : planner
    }
    let plans: [PlannedModel]
    do throws(PlanningError) { plans = try self.plans(planners, cache, of: model, order) } catch {
      throw .planning(error)
    }
    let (planned, reason) = try PlanGate.pass(
      plans[0], of: model, by: planners[0], order: order, samples: isWritten ? 2 : 0)
    do throws(PlanningError) {
      // By build; nil for what the plan's model takes as it came.
      let stocks = try builds.map { build throws(PlanningError) in
        try original.map { original throws(PlanningError) in try build.charge(for: original, planned: nil) }
      }
      return RuntimeReport(
        kernels: kernels?.rawValue ?? "any", processor: processor, target: build.target,
        planned: stocks[0].map(planned.with(stock:)) ?? planned,
        reasonAgainstOverlaps: reason, host: try planned.charges(by: build.on(.host), of: original ?? model),
        libraries: zip(others, zip(plans, stocks).dropFirst()).map { other, planned in
          RuntimeReport.LibraryCharge(
            target: other.1.target, processor: other.1.processor, stock: planned.1 ?? planned.0.stock,
            planned: planned.0.charge, isHeadProved: planned.0.isHeadProved)
        })
    } catch {
      throw .planning(error)
    }
  }

  /// A plan for every planner, with what it takes there; those whose runtimes demand the same share one.
  private func plans(
    _ planners: [Planner<TFLMBuild>], _ cache: PlanCache<TFLMBuild>, of model: Model, _ order: NamedOrder
  ) throws(PlanningError) -> [PlannedModel] {
    let demands = try planners.map { planner throws(PlanningError) in
      try cache.demands(by: planner.runtime)
    }
    let representatives = demands.map { demand in demands.firstIndex(of: demand) ?? 0 }
    let distinct = planners.indices.filter { representatives[$0] == $0 }
    // What is safe on every library is a plan for each: the first planner's finds are there for the others.
    let first = try planners[0].plannedModel(for: model, order: order)
    let others = distinct.dropFirst()
    let plans =
      try [first]
      + ParallelRunner().map(
        count: others.count, makeWorker: {},
        body: { _, number throws(PlanningError) in
          try planners[others[others.startIndex + number]].plannedModel(for: model, order: order)
        })
    return try planners.indices.map { number throws(PlanningError) in
      let plan = plans[distinct.firstIndex(of: representatives[number]) ?? 0]
      let isOwn = representatives[number] == number
      return isOwn ? plan : try plan.charged(by: planners[number].runtime, of: model)
    }
  }

  /// The chosen target where the library is its own; else a common processor for the library.
  private func target(for library: KernelLibrary) -> (target: TFLMTarget, processor: String) {
    if build.target.kernels == library, build.target.abi != .host64 { return (build.target, processor) }
    return (
      TFLMTarget(commonFor: library, resourceVariableSlots: build.target.resourceVariableSlots),
      library.commonProcessor
    )
  }
}

extension KernelLibrary {
  /// The processor of `TFLMTarget(commonFor:)`, in words.
  package var commonProcessor: String {
    switch self {
    case .reference: "32-bit"
    case .cmsisNN: "Cortex-M4"
    case .espNN: "ESP32-S3"
    }
  }
}
