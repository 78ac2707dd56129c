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

  var libraries: [KernelLibrary] { kernels.map { [$0] } ?? KernelLibrary.any }
}

extension RuntimeChoice {
  /// Plans a model and gathers the report.
  ///
  /// - Throws: `PlanningError` where the model cannot be planned.
  func report(
    on model: Model, order: NamedOrder, options: OrderSearchOptions
  ) throws(PlanningError) -> RuntimeReport {
    let device = try planner(target, libraries, options).devicePlan(for: model, order: order)
    return RuntimeReport(
      kernels: kernels?.rawValue ?? "any", processor: processor, device: device,
      host: try device.predictions(on: .host, of: model),
      libraries: comparesLibraries ? try libraryPlans(of: model, order, options) : [])
  }

  private func planner(
    _ target: TFLMTarget, _ libraries: [KernelLibrary], _ options: OrderSearchOptions
  ) -> DevicePlanner {
    DevicePlanner(target, safeOn: libraries, searchOptions: options, writesOffsets: writesOffsets)
  }

  private func libraryPlans(
    of model: Model, _ order: NamedOrder, _ options: OrderSearchOptions
  ) throws(PlanningError) -> [RuntimeReport.LibraryPlan] {
    var plans: [RuntimeReport.LibraryPlan] = []
    var known: [(memory: DeviceMemory, plan: DevicePlan)] = []
    for library in KernelLibrary.allCases {
      let (target, processor) = Self.target(for: library, like: self)
      let planner = planner(target, [library], options)
      let memory = try planner.deviceMemory(of: model)
      let plan: DevicePlan
      if let same = known.first(where: { $0.memory.isSame(as: memory) }) {
        plan = same.plan
      } else {
        plan = try planner.devicePlan(for: model, order: order)
        known.append((memory, plan))
      }
      let figures = try plan.predictions(on: target, of: model)
      plans.append(
        RuntimeReport.LibraryPlan(
          kernels: library, processor: processor, stock: figures.stock, planned: figures.planned))
    }
    return plans
  }

  /// The chosen target where the library is its own; else a common processor for the library.
  private static func target(
    for library: KernelLibrary, like choice: RuntimeChoice
  ) -> (target: TFLMTarget, processor: String) {
    if choice.target.kernels == library, choice.target.abi != .host64 {
      return (choice.target, choice.processor)
    }
    switch library {
    case .reference: return (TFLMTarget.cortexM(.reference), "32-bit")
    case .cmsisNN: return (TFLMTarget.cortexM(.cmsisNN), "Cortex-M4")
    case .espNN:
      return (TFLMTarget(core: "Xtensa LX7", isa: "xtensa-lx7", mcu: "ESP32-S3", kernels: .espNN), "ESP32-S3")
    }
  }
}
