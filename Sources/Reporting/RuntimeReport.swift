import Execution
import GraphIR
import MemoryPlanning
package import Passes
package import Runtimes

/// What TFLM takes from the arena for a model, as it came and planned.
package struct RuntimeReport: Sendable {
  /// What the plan is safe on: a library's name, or `any`.
  package let kernels: String
  /// The processor, in words.
  package let processor: String
  /// For the target's processor.
  package let device: DevicePlan
  /// The same files on a 64-bit host with reference kernels, as the Python package runs them.
  package let host: (stock: TFLMPrediction, planned: TFLMPrediction)
  /// Plans for each library of kernels on its own; empty where they were not compared.
  package let libraries: [LibraryPlan]

  /// A plan for one library of kernels.
  package struct LibraryPlan: Sendable {
    package let kernels: KernelLibrary
    /// The variant of the library, such as its vector extension.
    package let processor: String
    package let stock: TFLMPrediction
    package let planned: TFLMPrediction
  }

  /// The smallest arena in which the planned file allocates its tensors, in bytes.
  package var arenaBytes: Int { device.planned.smallestArenaBytes }
}

/// For which build of TFLM a model is planned.
package struct RuntimeChoice: Sendable {
  package let target: TFLMTarget
  /// nil for a plan that is safe on every library.
  package let kernels: KernelLibrary?
  /// The processor, in words.
  package let processor: String
  /// Whether plans for all libraries are made, to show what optimized kernels cost.
  package let comparesLibraries: Bool
  /// Whether offsets go into the file.
  package let writesOffsets: Bool

  package init(
    target: TFLMTarget, kernels: KernelLibrary?, processor: String, comparesLibraries: Bool,
    writesOffsets: Bool = true
  ) {
    self.writesOffsets = writesOffsets
    self.target = target
    self.kernels = kernels
    self.processor = processor
    self.comparesLibraries = comparesLibraries
  }

  /// The libraries on which a plan must give right answers.
  package var kernelLibraries: [KernelLibrary] { kernels.map { [$0] } ?? KernelLibrary.any }
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

extension RuntimeChoice {
  /// Plans a model for the target, and for every library where they are compared, and gathers the report.
  ///
  /// - Throws: `PlanningError` where the model cannot be planned.
  func report(
    on model: Model, order: NamedOrder, options: OrderSearchOptions
  ) throws(PlanningError) -> RuntimeReport {
    let others = comparesLibraries ? KernelLibrary.allCases.map { ($0, target(for: $0)) } : []
    let planners =
      [planner(target, kernelLibraries, options)] + others.map { planner($1.target, [$0], options) }
    let plans = try plans(planners, of: model, order)
    return RuntimeReport(
      kernels: kernels?.rawValue ?? "any", processor: processor, device: plans[0],
      host: try plans[0].predictions(on: .host, of: model),
      libraries: try zip(others, plans.dropFirst()).map { other, plan throws(PlanningError) in
        let figures = try plan.predictions(on: other.1.target, of: model)
        return RuntimeReport.LibraryPlan(
          kernels: other.0, processor: other.1.processor, stock: figures.stock, planned: figures.planned)
      })
  }

  /// A plan for every planner; those that need and allow the same share one.
  private func plans(
    _ planners: [DevicePlanner], of model: Model, _ order: NamedOrder
  ) throws(PlanningError) -> [DevicePlan] {
    let memories = try planners.map { planner throws(PlanningError) in try planner.deviceMemory(of: model) }
    let representatives = memories.map { memory in memories.firstIndex { $0.isSame(as: memory) } ?? 0 }
    let distinct = planners.indices.filter { representatives[$0] == $0 }
    let plans = try ParallelRunner().map(
      count: distinct.count, makeWorker: {},
      body: { _, number throws(PlanningError) in
        try planners[distinct[number]].devicePlan(for: model, order: order)
      })
    return representatives.compactMap { distinct.firstIndex(of: $0).map { plans[$0] } }
  }

  private func planner(
    _ target: TFLMTarget, _ libraries: [KernelLibrary], _ options: OrderSearchOptions
  ) -> DevicePlanner {
    DevicePlanner(target, safeOn: libraries, searchOptions: options, writesOffsets: writesOffsets)
  }

  /// The chosen target where the library is its own; else a common processor for the library.
  private func target(for library: KernelLibrary) -> (target: TFLMTarget, processor: String) {
    if target.kernels == library, target.abi != .host64 { return (target, processor) }
    return (
      TFLMTarget(commonFor: library, resourceVariableSlots: target.resourceVariableSlots),
      library.commonProcessor
    )
  }
}
