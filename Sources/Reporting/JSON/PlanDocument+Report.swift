import Passes
import Runtimes
import Tensors

extension PlanDocument.Entry {
  init(_ report: PlanReport) {
    path = report.path
    operators = report.summary.operatorCount
    operatorsOfAllSubgraphs = report.summary.totalOperatorCount
    summary = PlanDocument.Summary(report.summary)
    orders = report.orders.map { PlanDocument.Order(name: $0.name.rawValue, peakBytes: $0.peakBytes) }
    plan = PlanDocument.Plan(report)
    let runtime = report.runtime
    tflm = runtime.map { PlanDocument.Runtime($0.host.stock, $0.host.planned, $0) }
    tflm32 = runtime.map { PlanDocument.Runtime($0.device.stock, $0.device.planned, $0) }
    kernelLibraries = runtime.flatMap { runtime in
      runtime.libraries.isEmpty
        ? nil
        : runtime.libraries.map { PlanDocument.Runtime($0.stock, $0.planned, kernels: $0.kernels.rawValue) }
    }
    regions = report.regions.map(RegionDocument.init)
    peak = report.peak.map { PlanDocument.Peak($0, in: report) }
    board = report.board.map(PlanDocument.BoardFit.init)
    cost = report.cost.map(CostDocument.init)
    failOver = report.limitBytes.map { limit in
      let margin = limit - report.requestedBytes
      return PlanDocument.FailOver(limitBytes: limit, met: margin >= 0, marginBytes: margin)
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
  init(_ stock: TFLMPrediction, _ planned: TFLMPrediction, _ report: RuntimeReport) {
    self.init(stock, planned, kernels: report.kernels)
  }

  init(_ stock: TFLMPrediction, _ planned: TFLMPrediction, kernels: String) {
    self.kernels = kernels
    stockHeadBytes = stock.headBytes
    stockTailBytes = stock.tailBytes
    stockSmallestArenaBytes = stock.smallestArenaBytes
    headBytes = planned.headBytes
    tailBytes = planned.tailBytes
    smallestArenaBytes = planned.smallestArenaBytes
    scratchBytes = planned.scratch.reduce(0) { max($0, $1.bytes) }
    let tail = planned.tail
    tailByKind = PlanDocument.Tail(
      runtimeObjects: tail.runtimeObjectBytes, evalTensors: tail.evalTensorBytes, nodes: tail.nodeBytes,
      parameters: tail.parameterBytes, persistentBuffers: tail.persistentBufferBytes,
      variables: tail.variableBytes, persistentTensors: tail.persistentTensorBytes,
      quantization: tail.quantizationBytes)
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
    statesSearched = plan.statesExpanded
    seconds = report.seconds.isFinite ? report.seconds : 0
    steps = plan.steps.map {
      PlanDocument.Step(graph: $0.graph.index, operator: $0.node.index, liveBytes: $0.liveBytes)
    }
    tensors = zip(plan.tensors, report.tensors).map { tensor, facts in
      PlanDocument.Tensor(
        graph: tensor.graph.index, tensor: tensor.value.index, name: facts.name,
        shape: facts.shape?.dimensions, type: facts.elementType.description, offset: tensor.offset,
        bytes: tensor.byteCount, firstStep: tensor.lifetime.lowerBound,
        lastStep: tensor.lifetime.upperBound - 1)
    }
  }
}

extension PlanDocument.Peak {
  init(_ peak: PlanReport.PeakStep, in report: PlanReport) {
    step = peak.step
    `operator` = peak.operatorLabel
    tensors = peak.tensors.map {
      PlanDocument.PeakTensor(
        name: report.tensors[$0.index].name, bytes: report.plan.tensors[$0.index].byteCount,
        role: $0.role.rawValue)
    }
  }
}

extension PlanDocument.BoardFit {
  init(_ verdict: PlanReport.BoardVerdict) {
    id = verdict.board.id
    name = verdict.board.name
    requestedBytes = verdict.requestedBytes
    availableBytes = verdict.availableBytes
    fits = verdict.fits
    marginBytes = verdict.marginBytes
  }
}
