package import GraphIR
package import MemoryPlanning
package import Runtimes

/// A model planned for a build of TFLM, and what the runtime takes before and after.
package struct DevicePlan: Sendable {
  /// The libraries of kernels on which the planned model gives right answers.
  package let libraries: [KernelLibrary]
  package let target: TFLMTarget
  /// The order and the offsets; those of the metadata.
  package let memory: MemoryPlan
  /// The model with its operators in the plan's order, and the offsets as metadata.
  package let model: Model
  /// What the runtime takes for the model as it came.
  package let stock: TFLMPrediction
  /// What the runtime takes for the planned model.
  package let planned: TFLMPrediction
  /// Whether the offsets stand in the planned model's metadata.
  package let hasOffsets: Bool
  /// Whether the planned model is the one that came: no plan takes less.
  package let isUnchanged: Bool
  /// What is wrong with the offsets that the model brought; nil where it brought none or good ones.
  package let faultOfOwnPlan: String?
}

extension DevicePlan {
  /// What another build takes for the model as it came and for the planned one.
  ///
  /// - Throws: `PlanningError` where a tensor is too large for the runtime.
  package func predictions(
    on target: TFLMTarget, of original: Model
  ) throws(PlanningError) -> (stock: TFLMPrediction, planned: TFLMPrediction) {
    let planner = DevicePlanner(target, safeOn: libraries)
    let stock = try planner.prediction(for: original, planner.ownPlan(of: original).plan)
    if isUnchanged { return (stock, stock) }
    return (stock, try planner.prediction(for: model, hasOffsets ? OfflinePlan(memory, for: original) : nil))
  }
}

extension DevicePlanner {
  /// Plans a model and predicts what the runtime takes.
  ///
  /// A plan that needs a larger head than the model as it came is dropped.
  ///
  /// - Throws: `PlanningError` where a model cannot be planned, or is too large for the runtime.
  package func devicePlan(
    for model: Model, order: NamedOrder = .optimal
  ) throws(PlanningError) -> DevicePlan {
    let memory = try plan(model, order: order)
    let offsets = writesOffsets ? OfflinePlan(memory, for: model) : nil
    var planned = model
    _ = ReorderOperators.apply(memory.orders, to: &planned)
    if let offsets {
      var edit = ModelEdit(of: planned)
      edit.setMetadata(OfflinePlan.metadataName, offsets.metadataBytes(subgraphCount: model.graphs.count))
      planned.apply(edit)
    }
    let own = try ownPlan(of: model)
    let stock = try prediction(for: model, own.plan)
    let prediction = try prediction(for: planned, offsets)
    let isBetter = prediction.headBytes < stock.headBytes || own.fault != nil
    let isUnchanged = !isBetter && order == .optimal
    return DevicePlan(
      libraries: libraries, target: target, memory: memory, model: isUnchanged ? model : planned,
      stock: stock, planned: isUnchanged ? stock : prediction, hasOffsets: writesOffsets && !isUnchanged,
      isUnchanged: isUnchanged,
      faultOfOwnPlan: own.fault)
  }

  /// What is wrong with the offsets that a model brings for the target's kernels, as a sentence without a full
  /// stop; nil where nothing is, or it brings none.
  ///
  /// - Throws: `PlanningError` where a model cannot be planned, or is too large for the runtime.
  package func faultOfOwnPlan(in model: Model) throws(PlanningError) -> String? {
    try ownPlan(of: model).fault
  }

  fileprivate func prediction(for model: Model, _ plan: OfflinePlan?) throws(PlanningError) -> TFLMPrediction
  {
    do throws(TFLMRuntimeError) {
      return try TFLMRuntime(target).predict(model, plan: plan)
    } catch {
      throw .invalidProblem("\(error)")
    }
  }

  /// The offsets that a model brings, and what is wrong with them.
  ///
  /// TFLM refuses a plan with a wrong count, and obeys any other without looking at it.
  fileprivate func ownPlan(of model: Model) throws(PlanningError) -> (plan: OfflinePlan?, fault: String?) {
    let plan: OfflinePlan?
    do throws(OfflinePlanError) {
      plan = try OfflinePlan.read(from: model)
    } catch {
      return (nil, "\(error)")
    }
    guard let plan else { return (nil, nil) }
    let memory = try deviceMemory(of: model)
    let planner = try MemoryPlanner(model, alignment: 1, searchOptions: searchOptions, device: memory)
    return (plan, try planner.fault(at: plan.offsets))
  }
}

extension OfflinePlan {
  /// The offsets of a plan's tensors; the runtime chooses for those that are not in it.
  init(_ plan: MemoryPlan, for model: Model) {
    let first = OfflinePlan.firstTensors(of: model)
    var offsets = [Int?](repeating: nil, count: OfflinePlan.tensorCount(of: model))
    for tensor in plan.tensors where tensor.byteCount > 0 {
      offsets[first[tensor.graph.index] + tensor.value.index] = tensor.offset
    }
    self.init(offsets: offsets)
  }
}
