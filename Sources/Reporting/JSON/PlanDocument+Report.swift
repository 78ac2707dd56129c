import Boards
import Firmware
import Planning
import Runtimes
import Tensors
import Workflows

extension PlanDocument.Entry {
  init(_ report: PlanReport) {
    path = report.path
    let verdict = Verdict(report)
    self.verdict = verdict.outcome.rawValue
    reason = verdict.reason
    operators = report.summary.operatorCount
    operatorsOfAllSubgraphs = report.summary.totalOperatorCount
    summary = PlanDocument.Summary(report.summary)
    orders = report.orders.map {
      PlanDocument.Order(name: $0.name.rawValue, peakBytes: $0.peakBytes, idealPeakBytes: $0.idealPeakBytes)
    }
    plan = PlanDocument.Plan(report)
    let runtime = report.runtime
    tflm = runtime.map {
      PlanDocument.Runtime($0.host.stock, $0.host.planned, $0.kernels, .host, isProved: nil)
    }
    tflm32 = runtime.map {
      PlanDocument.Runtime(
        $0.planned.stock, $0.planned.charge, $0.kernels, $0.target, isProved: $0.planned.isHeadProved)
    }
    kernelLibraries = runtime.flatMap { runtime in
      runtime.libraries.isEmpty
        ? nil
        : runtime.libraries.map {
          PlanDocument.Runtime(
            $0.stock, $0.planned, $0.kernels.rawValue, $0.target, isProved: $0.isHeadProved)
        }
    }
    compatibility =
      report.isForTFLM
      ? CompatibilityDocument(report.verdict) : nil
    stripes = report.stripes.map(StripeDocument.init)
    regions = report.regions.map(RegionDocument.init)
    integerPorts = report.portAdvice.map {
      PlanDocument.IntegerPorts(changes: $0.changes, smallestArenaBytes: $0.arenaBytes)
    }
    constantChannels = report.channelAdvice.map {
      PlanDocument.ConstantChannels(
        macs: $0.multiplyAccumulates.after, constantBytes: $0.constantBytes.after)
    }
    peak = report.peak.map { PlanDocument.Peak($0, in: report) }
    board = report.board.flatMap { board in
      report.fit.map { PlanDocument.Board(id: board.id, name: board.name, $0) }
    }
    cost = report.cost.map(CostDocument.init)
    timings = PlanDocument.Timings(planSeconds: report.seconds.isFinite ? report.seconds : 0)
    flash = report.flash.map(FlashDocument.init)
    failOver = report.limitBytes.map { limit in
      let margin = limit - report.requestedBytes
      return PlanDocument.FailOver(limitBytes: limit, met: margin >= 0, marginBytes: margin)
    }
  }
}

extension PlanDocument.SharedArena {
  init(_ shared: SharedArena, _ bounds: PlanBounds) {
    arenaBytes = shared.arenaBytes
    headBytes = shared.headBytes
    tailBytes = shared.tailBytes
    board = bounds.board.flatMap { board in
      bounds.fit(arenaBytes: shared.arenaBytes).map { PlanDocument.Board(id: board.id, name: board.name, $0) }
    }
  }
}

extension PlanDocument.Summary {
  init(_ summary: ModelSummary) {
    subgraphs = summary.graphCount
    parameters = summary.parameterCount
    constantBytes = summary.constantBytes
    macs = summary.multiplyAccumulates
    stateBytes = summary.variableBytes
    histogram = summary.histogram.map { PlanDocument.OperatorCount(name: $0.name, count: $0.count) }
    inputs = summary.inputs.map(PlanDocument.Port.init)
    outputs = summary.outputs.map(PlanDocument.Port.init)
  }
}

extension PlanDocument.Runtime {
  /// - Parameter isProved: whether no head is smaller; nil where the plan was made for another target.
  init(_ stock: Charge, _ planned: Charge, _ kernels: String, _ target: TFLMTarget, isProved: Bool?) {
    self.kernels = kernels
    kernelsVersion = target.release.name
    tflmVersion = KernelRelease.newest(of: .reference).version
    stockHeadBytes = stock.headBytes
    stockTailBytes = stock.tailBytes
    stockSmallestArenaBytes = stock.arenaBytes
    headBytes = planned.headBytes
    tailBytes = planned.tailBytes
    smallestArenaBytes = planned.arenaBytes
    headProved = isProved
    scratchBytes = planned.prediction?.scratch.reduce(0) { max($0, $1.bytes) } ?? 0
    tailByKind = planned.prediction.map { prediction in
      let tail = prediction.tail
      return PlanDocument.Tail(
        runtimeObjects: tail.runtimeObjectBytes, evalTensors: tail.evalTensorBytes, nodes: tail.nodeBytes,
        parameters: tail.parameterBytes, persistentBuffers: tail.persistentBufferBytes,
        variables: tail.variableBytes, persistentTensors: tail.persistentTensorBytes,
        quantization: tail.quantizationBytes)
    }
  }
}

extension PlanDocument.Port {
  init(_ port: ModelSummary.Port) {
    name = port.name
    shape = port.shape?.dimensions
    type = port.elementType.description
    quantization = port.quantization.isEmpty ? nil : port.quantization
  }
}

extension PlanDocument.Plan {
  init(_ report: PlanReport) {
    let plan = report.plan
    order = plan.orderName.rawValue
    alignment = plan.alignment
    peakBytes = plan.peakBytes
    lowerBoundBytes = plan.lowerBoundBytes
    proved = plan.isPeakProved
    arenaBytes = plan.arenaBytes
    arenaLowerBoundBytes = plan.arenaLowerBoundBytes
    arenaProved = plan.isArenaProved
    kept = plan.keptBecause
    statesSearched = plan.proof.statesExpanded
    steps = plan.steps.map {
      PlanDocument.Step(graph: $0.graph.index, operator: $0.node.index, liveBytes: $0.liveBytes)
    }
    tensors = zip(plan.buffers, report.buffers).compactMap(PlanDocument.Tensor.init)
    scratch = plan.buffers.compactMap(PlanDocument.Scratch.init)
  }
}

extension PlanDocument.Tensor {
  fileprivate init?(_ buffer: Plan.Buffer, _ facts: PlanReport.BufferFacts) {
    guard let place = buffer.tensor else { return nil }
    graph = place.graph.index
    tensor = place.value.index
    name = facts.name
    shape = facts.shape?.dimensions
    type = facts.elementType?.description ?? ""
    offset = buffer.offset
    bytes = buffer.byteCount
    firstStep = buffer.lifetime.lowerBound
    lastStep = buffer.lifetime.upperBound - 1
  }
}

extension PlanDocument.Scratch {
  fileprivate init?(_ buffer: Plan.Buffer) {
    guard let owner = buffer.owner else { return nil }
    graph = owner.graph.index
    `operator` = owner.node.index
    offset = buffer.offset
    bytes = buffer.byteCount
    firstStep = buffer.lifetime.lowerBound
    lastStep = buffer.lifetime.upperBound - 1
  }
}

extension PlanDocument.Peak {
  init(_ peak: PlanReport.PeakStep, in report: PlanReport) {
    step = peak.step
    `operator` = peak.operatorLabel
    tensors = peak.buffers.map {
      PlanDocument.PeakTensor(
        name: report.buffers[$0.index].name, bytes: report.plan.buffers[$0.index].byteCount,
        role: $0.role.rawValue)
    }
  }
}

extension PlanDocument.Board {
  init(id: String, name: String, _ fit: BoardFit) {
    self.id = id
    self.name = name
    requestedBytes = fit.requestedBytes
    availableBytes = fit.availableBytes
    fits = fit.fits
    marginBytes = fit.marginBytes
  }
}
