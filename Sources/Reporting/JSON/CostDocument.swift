import Runtimes

/// The JSON of an estimated cost; the names of its keys are an interface.
struct CostDocument: Encodable {
  /// Why there is no estimate; the other keys are absent then.
  let unknown: String?
  let conditions: String?
  let uncertainty: String?
  let cycles: Range?
  let milliseconds: Range?
  /// Absent where the processor's power is not known.
  let millijoules: Range?
  let operators: [Operator]?

  struct Range: Encodable {
    let low: Double
    let best: Double
    let high: Double
  }

  struct Operator: Encodable {
    let graph: Int
    let `operator`: Int
    let name: String
    /// Absent where a loop's turns are not known.
    let runs: Int?
    /// Of one run.
    let macs: Int
    /// Of one run.
    let bytes: Int
    let milliseconds: Range
  }

  init(_ cost: CostVerdict) {
    let estimate = cost.estimate
    if case .unknown(let reason) = cost { unknown = reason } else { unknown = nil }
    conditions = estimate?.conditions
    uncertainty = estimate?.uncertainty
    cycles = estimate.map { Range($0.cycles) }
    milliseconds = estimate.map { Range($0.milliseconds) }
    millijoules = estimate?.millijoules.map(Range.init)
    operators = estimate?.operators.map(Operator.init)
  }
}

extension CostDocument.Range {
  init(_ range: CostRange) { self.init(low: range.low, best: range.best, high: range.high) }
}

extension CostDocument.Operator {
  init(_ entry: CostEstimate.Operator) {
    self.init(
      graph: entry.graph.index, operator: entry.node.index, name: entry.name, runs: entry.runs,
      macs: entry.macs,
      bytes: entry.bytes, milliseconds: CostDocument.Range(entry.milliseconds))
  }
}
