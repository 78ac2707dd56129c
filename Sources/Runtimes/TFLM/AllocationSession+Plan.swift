import GraphIR
import Tensors

extension AllocationSession {
  /// Plans the head, allocates what comes after the plan, and sums up.
  mutating func finish() -> TFLMPrediction {
    if !scratch.isEmpty {
      allocate(
        \.runtimeObjectBytes, sizes.scratchHandle * scratch.count, alignment: sizes.pointerAlignment)
    }
    let buffers = plannedBuffers()
    allocatePlanningSpace(bufferCount: buffers.count)
    let planner = TFLMGreedyPlanner(buffers.map(\.buffer))
    ledger.resizeHead(to: planner.arenaBytes)
    if let main = model.graphs.first {
      describePorts(main, main.inputs)
      describePorts(main, main.outputs)
    }
    return TFLMPrediction(
      headBytes: planner.arenaBytes, tail: tail,
      smallestArenaBytes: ledger.requiredBytes.roundedUp(to: TFLMRuntime.alignment), scratch: scratch,
      buffers: zip(buffers, planner.offsets).map { placed, offset in
        TFLMPrediction.PlannedBuffer(
          owner: placed.owner, firstUse: placed.buffer.firstUse, lastUse: placed.buffer.lastUse,
          size: placed.buffer.size, offset: offset)
      }, unknownOperators: unknownOperators)
  }

  private typealias OwnedBuffer = (
    owner: TFLMPrediction.PlannedBuffer.Owner, buffer: TFLMGreedyPlanner.Buffer
  )

  /// What the head must hold, in the runtime's order: tensors of all graphs, then scratch buffers.
  private func plannedBuffers() -> [OwnedBuffer] {
    let lifetimes = TensorLifetimes(model)
    var buffers: [OwnedBuffer] = []
    var fileIndex = 0
    for (graphIndex, graph) in model.graphs.enumerated() {
      let handles = Set(graph.nodes.filter { $0.code.builtin == .varHandle }.flatMap(\.outputs))
      for (index, value) in graph.values.enumerated() {
        let id = ValueID(index)
        let fixed = plan?.offsets[fileIndex]
        fileIndex += 1
        let isTensor = !value.isConstant && !value.isVariable && value.byteCount != 0 && !handles.contains(id)
        guard isTensor || (value.isVariable && fixed != nil) else { continue }
        let span = lifetimes.values[graphIndex][index]
        let owner = TFLMPrediction.PlannedBuffer.Owner.value(GraphID(graphIndex), id)
        buffers.append((owner, Self.buffer(value.byteCount, span, fixedOffset: fixed)))
      }
    }
    for (index, request) in scratch.enumerated() {
      let span = lifetimes.nodes[request.graph.index][request.node.index]
      buffers.append((.scratch(index), Self.buffer(request.bytes, span, fixedOffset: nil)))
    }
    return buffers
  }

  private static func buffer(
    _ bytes: Int, _ span: TensorLifetimes.Span, fixedOffset: Int?
  ) -> TFLMGreedyPlanner.Buffer {
    TFLMGreedyPlanner.Buffer(
      size: bytes.roundedUp(to: TFLMRuntime.alignment), firstUse: span.first, lastUse: span.last,
      fixedOffset: fixedOffset)
  }

  /// The planner's tables stand on the requests for scratch buffers; variables come into the tail meanwhile.
  private mutating func allocatePlanningSpace(bufferCount: Int) {
    let valueCount = model.graphs.reduce(0) { $0 + $1.values.count }
    let alignment = sizes.pointerAlignment
    ledger.allocateTemporary(target.abi.pointerBytes * model.graphs.count, alignment: alignment)
    ledger.allocateTemporary(sizes.allocationInfo * (valueCount + scratch.count), alignment: alignment)
    for graph in model.graphs {
      for (index, value) in graph.values.enumerated() where value.isVariable {
        // Stock TFLM looks every variable up as if its graph were the first.
        if let plan, plan.offsets[index] != nil { continue }
        allocate(\.variableBytes, value.byteCount, alignment: TFLMRuntime.alignment)
      }
    }
    if bufferCount > 0 {
      ledger.requirePlannerSpace(TFLMGreedyPlanner.workingBytesPerBuffer * bufferCount)
    }
  }

  /// The lists of inputs and outputs that a program asks for, with full descriptions.
  private mutating func describePorts(_ graph: Graph, _ ports: [ValueID?]) {
    allocateBuffer(target.abi.pointerBytes * ports.count)
    for value in ports.compactMap(\.self).map({ graph[$0] }) {
      allocate(\.persistentTensorBytes, sizes.tensor, alignment: sizes.pointerAlignment)
      let channels = value.quantizedChannelCount
      guard channels > 0 else { continue }
      allocate(\.quantizationBytes, sizes.affineQuantization, alignment: sizes.pointerAlignment)
      allocate(\.quantizationBytes, 4 + 4 * channels, alignment: 4)
    }
  }
}
