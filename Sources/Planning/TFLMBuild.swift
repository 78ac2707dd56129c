package import GraphIR
package import MemoryPlanning
package import Runtimes

/// A build of TensorFlow Lite for Microcontrollers, and the kernel libraries on which a plan must be safe.
package struct TFLMBuild: Runtime {
  package let target: TFLMTarget
  /// The kernel libraries on which every overlap must be safe; none for no overlap.
  package let libraries: [KernelLibrary]
  /// Whether offsets go into the file; without, the runtime's greedy planner places the tensors.
  package let obeysOffsets: Bool

  package init(_ target: TFLMTarget, safeOn libraries: [KernelLibrary], writesOffsets: Bool = true) {
    self.target = target
    self.libraries = writesOffsets ? libraries : []
    obeysOffsets = writesOffsets
  }

  /// The same libraries on another target.
  package func on(_ target: TFLMTarget) -> TFLMBuild {
    TFLMBuild(target, safeOn: libraries, writesOffsets: obeysOffsets)
  }

  package var stricter: [TFLMBuild] {
    guard !libraries.isEmpty else { return [] }
    let isAny = KernelLibrary.any.allSatisfy(libraries.contains)
    return (isAny ? [] : [TFLMBuild(target, safeOn: KernelLibrary.any)]) + [TFLMBuild(target, safeOn: [])]
  }

  package var alignment: Int { TFLMRuntime.alignment }

  /// Builds with kernels that allow fewer overlaps: CMSIS-NN's for the portable ones, and those that are safe on any.
  ///
  /// Every library either runs the portable kernels' order or allows no overlap (`OverlapFacts`), so that what is safe on
  /// it is safe on the portable kernels.
  package var stricterOnStripes: [TFLMBuild] {
    guard obeysOffsets, libraries.count == 1, let own = libraries.first else { return [] }
    let optimized = own == .reference ? [TFLMBuild(target.with(.cmsisNN), safeOn: [.cmsisNN])] : []
    return optimized + [TFLMBuild(target.withoutLibrary, safeOn: KernelLibrary.any)]
  }

  package func demands(of model: Model) throws(PlanningError) -> Demands {
    var scratch = model.graphs.map { [Int](repeating: 0, count: $0.nodes.count) }
    for request in try predict(model, nil).scratch {
      scratch[request.graph.index][request.node.index] += request.bytes.roundedUp(to: alignment)
    }
    let rules = libraries.map(OverlapRules.init)
    var demands = Demands(
      takesMemory: model.graphs.map(Self.takesMemory), scratchBytes: scratch,
      overlaps: model.graphs.map { Self.overlaps(in: $0, rules) })
    demands.partAlignment = libraries.map(\.partAlignment).max() ?? alignment
    return demands
  }

  package func written(_ plan: Plan, into model: Model) -> Model {
    var planned = model.withDataInside
    _ = ReorderOperators.apply(plan.orders, to: &planned)
    var edit = ModelEdit(of: planned)
    if let loops = StripeLoops(model) { edit.setMetadata(StripeLoops.metadataName, loops.metadataBytes) }
    guard obeysOffsets else {
      planned.apply(edit)
      return planned
    }
    edit.setMetadata(
      OfflinePlan.metadataName,
      OfflinePlan(plan, for: model).metadataBytes(subgraphCount: model.graphs.count))
    planned.apply(edit)
    return planned
  }

  package func charge(for model: Model, planned plan: Plan?) throws(PlanningError) -> Charge {
    let read = plan == nil ? model.withoutAppendedData : model
    return Charge(try predict(read, offsets(of: model).plan))
  }

  package func faultOfOffsets(in model: Model) throws(PlanningError) -> String? {
    let own = offsets(of: model)
    guard let plan = own.plan, KeptLayout(model) == nil else { return own.fault }
    return try Arranger(model, for: self, alignment: 1).fault(at: plan.offsets)
  }

  /// The offsets that a model brings, or why they are none.
  ///
  /// TFLM refuses a plan with a wrong count, and obeys any other without looking at it.
  private func offsets(of model: Model) -> (plan: OfflinePlan?, fault: String?) {
    do throws(OfflinePlanError) {
      return (try OfflinePlan.read(from: model), nil)
    } catch {
      return (nil, "\(error)")
    }
  }

  private func predict(_ model: Model, _ plan: OfflinePlan?) throws(PlanningError) -> TFLMPrediction {
    do throws(TFLMRuntimeError) {
      return try TFLMRuntime(target).predict(model, plan: plan)
    } catch {
      throw .invalidProblem("\(error)")
    }
  }

  /// Handles of resource variables are no tensors of the arena.
  private static func takesMemory(in graph: Graph) -> [Bool] {
    var result = graph.values.map { !$0.isConstant && !$0.isVariable }
    for node in graph.nodes where node.code.builtin == .varHandle {
      for output in node.outputs { result[output.index] = false }
    }
    return result
  }

  private static func overlaps(in graph: Graph, _ rules: [OverlapRules]) -> [Demands.Overlap] {
    var overlaps: [Demands.Overlap] = []
    guard !rules.isEmpty else { return [] }
    for node in graph.nodes {
      let allowed = rules.map { $0.rules(of: node, in: graph) }
      for (position, input) in node.inputs.enumerated() {
        guard let input, let output = node.outputs.first, input != output, !graph[input].isConstant,
          !graph[input].isVariable, !graph[output].isVariable
        else { continue }
        guard let condition = strictest(allowed.map { $0[position] }) else { continue }
        overlaps.append(Demands.Overlap(written: output, read: input, condition: condition))
      }
    }
    return overlaps
  }

  /// The condition that meets all rules; nil where they leave no overlap in common.
  private static func strictest(_ rules: [OverlapRule]) -> AllowedOverlap.Condition? {
    var distance = 0
    var isEqual = false
    for rule in rules {
      switch rule {
      case .disjoint: return nil
      case .sameAddress: isEqual = true
      case .startsBefore(let bytes): distance = max(distance, bytes)
      }
    }
    if isEqual { return distance == 0 ? .equal : nil }
    return .startsBefore(distance)
  }
}

extension TFLMTarget {
  /// The same processor with another library's kernels; a common one for them, where no board was named.
  fileprivate func with(_ kernels: KernelLibrary) -> TFLMTarget {
    if isCommon { return TFLMTarget(commonFor: kernels, resourceVariableSlots: resourceVariableSlots) }
    var other = self
    other.release = .newest(of: kernels)
    return other
  }

  /// What is planned for where the library is not known: this one, and the portable kernels where no board was named.
  fileprivate var withoutLibrary: TFLMTarget { isCommon ? with(.reference) : self }

  private var isCommon: Bool {
    self == TFLMTarget(commonFor: kernels, release: release, resourceVariableSlots: resourceVariableSlots)
  }
}

extension KernelLibrary {
  /// Bytes to a multiple of which a tensor must start that its kernels take, whatever its type asks for.
  fileprivate var partAlignment: Int {
    switch self {
    case .reference: 1
    case .cmsisNN: 4
    case .espNN: 16
    }
  }

  /// Any of them: what an overlap must be safe on where the firmware's is not known.
  package static var any: [KernelLibrary] { allCases }
}

extension Charge {
  package init(_ prediction: TFLMPrediction) {
    self.init(
      headBytes: prediction.headBytes, tailBytes: prediction.tailBytes,
      arenaBytes: prediction.smallestArenaBytes,
      places: prediction.buffers.map { buffer in
        switch buffer.owner {
        case .value(let graph, let value):
          Place(content: .tensor(graph, value), byteCount: buffer.size, offset: buffer.offset)
        case .scratch(let number):
          Place(
            content: .scratch(prediction.scratch[number].graph, prediction.scratch[number].node),
            byteCount: buffer.size, offset: buffer.offset)
        }
      },
      unknownOperators: prediction.unknownOperators, prediction: prediction)
  }
}

extension OfflinePlan {
  /// The offsets of a plan's tensors; the runtime chooses for those that are not in it.
  init(_ plan: Plan, for model: Model) {
    let first = OfflinePlan.firstTensors(of: model)
    var offsets = [Int?](repeating: nil, count: OfflinePlan.tensorCount(of: model))
    for buffer in plan.buffers where buffer.byteCount > 0 {
      guard let tensor = buffer.tensor else { continue }
      offsets[first[tensor.graph.index] + tensor.value.index] = buffer.offset
    }
    self.init(offsets: offsets)
  }
}
