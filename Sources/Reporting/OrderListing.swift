package import MemoryPlanning

/// A bare order of steps, for other tools.
package struct OrderListing: Sendable {
  private let result: OptimizedOrder
  private let liveBytes: [Int]

  package init(_ problem: ScheduleProblem, _ result: OptimizedOrder) {
    self.result = result
    liveBytes = problem.liveBytes(along: result.schedule.order)
  }

  /// Columns `position,step,live`: the bytes in use while the step runs.
  package var csv: String {
    let rows = zip(result.schedule.order, liveBytes).enumerated().map { "\($0),\($1.0),\($1.1)" }
    return (["position,step,live"] + rows).joined(separator: "\n") + "\n"
  }

  /// One document, keys sorted, without a line break at its end.
  ///
  /// - Parameter capacityBytes: the bytes there are; nil where nobody said.
  package func json(path: String, name: NamedOrder, capacityBytes: Int?) throws -> String {
    try JSONText.encoded(
      Document(
        path: path, order: name.rawValue, peakBytes: result.schedule.peakBytes,
        lowerBoundBytes: result.lowerBound, proved: result.isProved, statesSearched: result.statesExpanded,
        capacityBytes: capacityBytes, fits: capacityBytes.map { result.schedule.peakBytes <= $0 },
        steps: zip(result.schedule.order, liveBytes).map(Step.init)), as: "nnopt-order-1")
  }

  private struct Document: Encodable {
    let path: String
    let order: String
    let peakBytes: Int
    let lowerBoundBytes: Int
    let proved: Bool
    let statesSearched: Int
    let capacityBytes: Int?
    let fits: Bool?
    let steps: [Step]
  }

  private struct Step: Encodable {
    let step: Int
    let liveBytes: Int

    init(_ step: Int, _ liveBytes: Int) {
      self.step = step
      self.liveBytes = liveBytes
    }
  }
}
