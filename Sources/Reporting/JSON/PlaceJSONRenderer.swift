package import MemoryPlanning

/// A bare placement as JSON for other tools.
package struct PlaceJSONRenderer: Sendable {
  package init() {}

  /// One document, keys sorted, without a line break at its end.
  ///
  /// - Parameter capacityBytes: what the arena may take; nil where nobody said.
  package func render(
    _ named: NamedPlacementProblem, _ result: OptimizedPlacement, path: String, capacityBytes: Int?
  ) throws -> String {
    let placement = result.placement
    let buffers = named.problem.buffers.enumerated().map { index, buffer in
      Buffer(
        id: named.names[index], lower: buffer.lower, upper: buffer.upper, size: buffer.size,
        alignment: buffer.alignment, offset: placement.offsets[index])
    }
    return try JSONText.encoded(
      Document(
        path: path, arenaBytes: placement.arenaBytes, lowerBoundBytes: result.lowerBound,
        proved: result.isProved, nodes: result.nodes, capacityBytes: capacityBytes,
        fits: capacityBytes.map { placement.arenaBytes <= $0 }, buffers: buffers), as: "nnopt-place-1")
  }

  private struct Document: Encodable {
    let path: String
    let arenaBytes: Int
    let lowerBoundBytes: Int
    let proved: Bool
    let nodes: Int
    let capacityBytes: Int?
    let fits: Bool?
    let buffers: [Buffer]
  }

  /// Live from step `lower` to before `upper`.
  private struct Buffer: Encodable {
    let id: String
    let lower: Int
    let upper: Int
    let size: Int
    let alignment: Int
    let offset: Int
  }
}
