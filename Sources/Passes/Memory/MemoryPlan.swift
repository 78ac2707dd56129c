package import GraphIR
package import MemoryPlanning

/// An execution order of a model's operators and an arena for its activations.
package struct MemoryPlan: Sendable {
  /// The name of the order that the plan uses.
  package let orderName: NamedOrder
  /// Bytes to a multiple of which every tensor is rounded up.
  package let alignment: Int
  /// The execution order of every graph of the model, called or not.
  package let orders: [[NodeID]]
  /// The operators as the main graph runs them, called graphs at their calls.
  package let steps: [Step]
  /// The activations of the graphs that run.
  package let tensors: [Tensor]
  /// Memory of kernels while they run; empty for a plan of the tensors alone.
  package let scratch: [Scratch]
  /// The largest number of bytes live at one step.
  package let peakBytes: Int
  /// No execution order has a lower peak than this.
  package let lowerBoundBytes: Int
  /// States that the search for the order expanded.
  package let statesExpanded: Int
  /// Bytes of the arena that holds every tensor at its offset.
  package let arenaBytes: Int
  /// No arena for this order is smaller than this.
  package let arenaLowerBoundBytes: Int
  /// Nodes of the search for offsets.
  package let placementNodes: Int

  /// Whether no execution order has a lower peak.
  package var isPeakProved: Bool { peakBytes == lowerBoundBytes }
  /// Whether no arena for this order is smaller.
  package var isArenaProved: Bool { arenaBytes == arenaLowerBoundBytes }

  /// One run of an operator.
  package struct Step: Sendable, Equatable {
    package let graph: GraphID
    package let node: NodeID
    /// Bytes of all tensors live while it runs.
    package let liveBytes: Int
  }

  /// An activation with its lifetime in steps, half-open, and its place.
  package struct Tensor: Sendable, Equatable {
    package let graph: GraphID
    package let value: ValueID
    /// Bytes, rounded up to the alignment.
    package let byteCount: Int
    package let lifetime: Range<Int>
    /// Bytes from the arena's start.
    package let offset: Int
  }

  /// A kernel's scratch buffers, side by side: the plan keeps room for them, the runtime places them.
  package struct Scratch: Sendable, Equatable {
    package let graph: GraphID
    package let node: NodeID
    /// Bytes, each buffer rounded up to the alignment.
    package let byteCount: Int
    /// In steps, half-open.
    package let lifetime: Range<Int>
    /// Bytes from the arena's start.
    package let offset: Int
  }
}

extension MemoryPlan {
  /// This plan with the bound that the search for another plan of the same model proved.
  package func withLowerBound(of other: MemoryPlan) -> MemoryPlan {
    MemoryPlan(
      orderName: orderName, alignment: alignment, orders: orders, steps: steps, tensors: tensors,
      scratch: scratch, peakBytes: peakBytes, lowerBoundBytes: other.lowerBoundBytes,
      statesExpanded: other.statesExpanded,
      arenaBytes: arenaBytes, arenaLowerBoundBytes: arenaLowerBoundBytes, placementNodes: placementNodes)
  }
}
