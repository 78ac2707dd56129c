package import GraphIR

/// Which memory each activation of a model is in, and where.
///
/// Stock TFLM takes one arena; such a plan is for programs that place tensors themselves.
package struct RegionPlan: Sendable, Equatable {
  /// The regions, the fastest first.
  package let regions: [Region]
  /// The activations of the graphs that run.
  package let tensors: [Tensor]
  /// Memory of kernels while they run; empty for a plan of the tensors alone.
  package let scratch: [Scratch]
  /// How good the choice of regions is: for each border between two regions, the traffic on its faster side.
  package let score: Int
  /// No choice of regions has a higher score.
  package let upperBound: Int

  /// A region and what it holds.
  package struct Region: Sendable, Equatable {
    package let name: String
    package let capacityBytes: Int
    /// The largest end of a tensor or scratch buffer.
    package let usedBytes: Int
    package let tensorCount: Int
    /// Bytes that operators move into and out of its tensors in one inference.
    package let trafficBytes: Int
  }

  /// An activation with its lifetime in steps, half-open, and its place.
  package struct Tensor: Sendable, Equatable {
    package let graph: GraphID
    package let value: ValueID
    /// Position in the plan's regions.
    package let region: Int
    /// Bytes from the region's start.
    package let offset: Int
    /// Bytes, rounded up to the alignment.
    package let byteCount: Int
    /// Bytes that operators move into and out of it in one inference.
    package let trafficBytes: Int
    package let lifetime: Range<Int>
  }

  /// A kernel's scratch buffers, side by side.
  package struct Scratch: Sendable, Equatable {
    package let graph: GraphID
    package let node: NodeID
    /// Position in the plan's regions.
    package let region: Int
    /// Bytes from the region's start.
    package let offset: Int
    package let byteCount: Int
  }

  /// Traffic of all regions.
  package var trafficBytes: Int { regions.reduce(0) { $0 + $1.trafficBytes } }
  /// Whether no choice of regions keeps more traffic in faster ones.
  package var isProved: Bool { score == upperBound }
}
