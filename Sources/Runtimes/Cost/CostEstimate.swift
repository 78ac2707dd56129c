package import GraphIR

/// What one inference is likely to cost on a processor; an estimate, nothing was run.
package struct CostEstimate: Sendable, Equatable {
  package let cycles: CostRange
  package let milliseconds: CostRange
  /// nil where no public measurement tells the processor's power.
  package let millijoules: CostRange?
  /// Every operator of every graph, graph by graph in the file's order.
  package let operators: [Operator]
  /// For which kernels and clock, such as `esp-nn, 240 MHz`.
  package let conditions: String
  /// A sentence that says how far the figures can be trusted.
  package let uncertainty: String

  /// What one operator takes in one inference, over all runs of its graph.
  package struct Operator: Sendable, Equatable {
    package let graph: GraphID
    package let node: NodeID
    package let name: String
    /// How often its graph runs; nil where a loop's turns are not known, and it is counted once.
    package let runs: Int?
    /// Of one run.
    package let macs: Int
    /// Bytes read and written by one run.
    package let bytes: Int
    package let cycles: CostRange
    package let milliseconds: CostRange
    package let millijoules: CostRange?
  }
}

/// An estimate, or why there is none.
package enum CostVerdict: Sendable, Equatable {
  case estimate(CostEstimate)
  /// The reason is a clause, such as `no public measurement of this processor is known`.
  case unknown(reason: String)

  /// nil where there is none.
  package var estimate: CostEstimate? {
    guard case .estimate(let estimate) = self else { return nil }
    return estimate
  }
}
