import Passes
import Tensors

extension PlanDocument.Entry {
  init(_ report: PlanReport) {
    path = report.path
    operators = report.summary.operatorCount
    operatorsOfAllSubgraphs = report.summary.totalOperatorCount
    summary = PlanDocument.Summary(report.summary)
    orders = report.orders.map { PlanDocument.Order(name: $0.name.rawValue, peakBytes: $0.peakBytes) }
    plan = PlanDocument.Plan(report)
    peak = report.peak.map { PlanDocument.Peak($0, in: report) }
    board = report.board.map(PlanDocument.BoardFit.init)
    failOver = report.limitBytes.map { limit in
      let margin = limit - report.plan.arenaBytes
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
