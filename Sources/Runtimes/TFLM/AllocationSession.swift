import GraphIR
import Tensors

/// The runtime's allocations for one model, in its order: structures, kernels, plan, inputs and outputs.
struct AllocationSession {
  let model: Model
  let target: TFLMTarget
  let plan: OfflinePlan?
  let sizes: RuntimeStructures
  var ledger = ArenaLedger()
  var tail = TFLMTail()
  var scratch: [TFLMPrediction.ScratchRequest] = []
  private let variables: VariableTable
  /// Variables that have memory, while kernels prepare.
  private var assigned: Set<Int> = []
  private var unknown: [String] = []

  /// Kernels count in 32 bits.
  private static let largestRequest = Int(UInt32.max)

  init(_ model: Model, target: TFLMTarget, plan: OfflinePlan?) {
    self.model = model
    self.target = target
    self.plan = plan
    sizes = RuntimeStructures(target.abi)
    variables = VariableTable(model)
  }

  var unknownOperators: [String] { unknown }

  /// Allocates in the tail, and books the bytes to a kind.
  mutating func allocate(_ kind: WritableKeyPath<TFLMTail, Int>, _ size: Int, alignment: Int) {
    tail[keyPath: kind] += ledger.allocatePersistent(size, alignment: alignment)
  }

  mutating func allocateBuffer(_ size: Int) {
    allocate(\.persistentBufferBytes, size, alignment: TFLMRuntime.alignment)
  }

  /// The runtime's own objects, and its descriptions of all graphs.
  mutating func allocateStructures() {
    let alignment = sizes.pointerAlignment
    for size in sizes.allocators(isRecording: target.isRecording) {
      allocate(\.runtimeObjectBytes, size, alignment: alignment)
    }
    let variableCount = target.resourceVariableCount(for: model)
    if variableCount > 0 {
      allocateBuffer(sizes.resourceTable)
      allocateBuffer(sizes.resourceVariable * variableCount)
    }
    allocate(\.runtimeObjectBytes, sizes.parameterAllocator, alignment: alignment)
    reserveScratchRequests()
    allocate(\.runtimeObjectBytes, sizes.subgraphAllocations * model.graphs.count, alignment: alignment)
    for graph in model.graphs {
      allocate(\.evalTensorBytes, sizes.evalTensor * graph.values.count, alignment: alignment)
    }
    for graph in model.graphs {
      allocate(\.nodeBytes, sizes.nodeAndRegistration * graph.nodes.count, alignment: alignment)
    }
  }

  /// The options of all operators, then the structures of all kernels.
  mutating func initializeKernels() {
    let profiles = model.graphs.flatMap(\.nodes).map { ($0.code.name, KernelProfile.profile(of: $0, target)) }
    for (name, profile) in profiles {
      guard let profile else {
        if !unknown.contains(name) { unknown.append(name) }
        continue
      }
      guard let parameters = profile.parameters else { continue }
      allocate(
        \.parameterBytes, parameters.size[target.abi], alignment: parameters.alignment[target.abi])
    }
    for case (_, let profile?) in profiles {
      if let size = profile.data?[target.abi], size > 0 { allocateBuffer(size) }
    }
  }

  mutating func prepareKernels() {
    for (graphIndex, graph) in model.graphs.enumerated() {
      for (nodeIndex, node) in graph.nodes.enumerated() {
        if let profile = KernelProfile.profile(of: node, target) {
          let site = KernelSite(graph: graph, node: node, target: target)
          for step in profile.prepare(site) {
            perform(step, GraphID(graphIndex), NodeID(nodeIndex))
          }
        }
        reserveScratchRequests()
      }
    }
  }

  private mutating func perform(_ step: PrepareStep, _ graph: GraphID, _ node: NodeID) {
    switch step {
    case .temporary(let value): describe(model.graphs[graph.index][value])
    case .persistent(let bytes): allocateBuffer(min(bytes, Self.largestRequest))
    case .scratch(let bytes):
      scratch.append(.init(graph: graph, node: node, bytes: min(bytes, Self.largestRequest)))
    case .resource(let handle, let bytes):
      // A handle from outside the graph names nothing while kernels prepare.
      guard let variable = variables.variable(through: handle, in: graph) else { return }
      if assigned.insert(variable).inserted { allocateBuffer(bytes) }
    }
  }

  /// A tensor's description, with zero points where it is quantized, in temporary memory.
  private mutating func describe(_ value: Value) {
    ledger.allocateTemporary(sizes.tensor, alignment: sizes.pointerAlignment)
    let channels = value.quantizedChannelCount
    guard channels > 0 else { return }
    ledger.allocateTemporary(sizes.affineQuantization, alignment: sizes.pointerAlignment)
    ledger.allocateTemporary(4 + 4 * channels, alignment: 4)
  }

  private mutating func reserveScratchRequests() {
    let count = scratch.count + RuntimeStructures.spareScratchRequests
    ledger.resizeHead(to: sizes.scratchRequest * count)
  }
}
