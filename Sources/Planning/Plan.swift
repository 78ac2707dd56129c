package import GraphIR
package import MemoryPlanning

/// One plan of a model for one runtime: in which order its operators run, and where every buffer is.
///
/// Planning, checks, reports, pictures, JSON, written files and exported sources all show this one value.
package struct Plan: Sendable {
  /// Bytes to a multiple of which every buffer is rounded up.
  package let alignment: Int
  /// The name of the order that the plan uses.
  package var orderName: NamedOrder
  /// The execution order of every graph of the model, called or not.
  package let orders: [[NodeID]]
  /// The operators as the main graph runs them, called graphs at their calls.
  package var steps: [Step]
  /// The memories that buffers are in, the fastest first; commonly one arena.
  package var pools: [Pool]
  /// Activations of the graphs that run, then memory of kernels while they run.
  package var buffers: [Buffer]
  package var proof: Proof
  /// How good the choice between several pools is; nil for one arena.
  package var spread: Spread?
  /// Why the model's own order and offsets are the plan, and nothing was searched, as a clause; nil where they are not.
  package var keptBecause: String?

  /// One run of an operator.
  package struct Step: Sendable, Equatable {
    package let graph: GraphID
    package let node: NodeID
    /// Bytes of all buffers live while it runs, shared ones once.
    package let liveBytes: Int
  }

  /// A memory of a device, such as internal SRAM.
  package struct Pool: Sendable, Equatable {
    package let name: String
    /// nil where the plan asks for as much as it needs.
    package let capacityBytes: Int?
    /// The largest end of a buffer.
    package var usedBytes: Int

    package init(name: String, capacityBytes: Int? = nil, usedBytes: Int = 0) {
      self.name = name
      self.capacityBytes = capacityBytes
      self.usedBytes = usedBytes
    }
  }

  /// What a buffer holds.
  package enum Content: Sendable, Hashable {
    case tensor(GraphID, ValueID)
    /// Memory that the kernel of a node needs while it runs.
    case scratch(GraphID, NodeID)
  }

  /// Bytes that are needed for a time, and their place.
  package struct Buffer: Sendable, Equatable {
    package let content: Content
    /// Bytes, rounded up to the alignment.
    package let byteCount: Int
    /// In steps, half-open.
    package let lifetime: Range<Int>
    /// Position in the plan's pools.
    package var pool = 0
    /// Bytes from the pool's start.
    package var offset: Int
    /// Bytes that operators move into and out of it in one inference; 0 where they were not counted.
    package var trafficBytes = 0

    package init(
      _ content: Content, byteCount: Int, lifetime: Range<Int>, pool: Int = 0, offset: Int,
      trafficBytes: Int = 0
    ) {
      self.content = content
      self.byteCount = byteCount
      self.lifetime = lifetime
      self.pool = pool
      self.offset = offset
      self.trafficBytes = trafficBytes
    }
  }

  /// What is known of how good the plan is.
  package struct Proof: Sendable, Equatable {
    /// The largest number of bytes live at one step.
    package var peakBytes: Int
    /// No execution order has a lower peak than this.
    package var lowerBoundBytes: Int
    /// No arena for the plan's order is smaller than this.
    package var arenaLowerBoundBytes: Int
    /// No arena for any order is smaller than this, where that was looked at.
    package var anyOrderBoundBytes = 0
    /// States that the search for the order expanded.
    package var statesExpanded: Int
    /// Nodes of the search for offsets.
    package var placementNodes: Int

    package init(
      peakBytes: Int, lowerBoundBytes: Int, arenaLowerBoundBytes: Int, statesExpanded: Int,
      placementNodes: Int
    ) {
      self.peakBytes = peakBytes
      self.lowerBoundBytes = lowerBoundBytes
      self.arenaLowerBoundBytes = arenaLowerBoundBytes
      self.statesExpanded = statesExpanded
      self.placementNodes = placementNodes
    }
  }

  /// A choice between pools, rated by the traffic on the faster side of each border between two.
  package struct Spread: Sendable, Equatable {
    package let score: Int
    /// No choice has a higher score.
    package let upperBound: Int

    package var isProved: Bool { score == upperBound }
  }

  package init(
    alignment: Int, orderName: NamedOrder, orders: [[NodeID]], steps: [Step], pools: [Pool],
    buffers: [Buffer], proof: Proof, spread: Spread? = nil
  ) {
    self.alignment = alignment
    self.orderName = orderName
    self.orders = orders
    self.steps = steps
    self.pools = pools
    self.buffers = buffers
    self.proof = proof
    self.spread = spread
  }
}

extension Plan {
  /// Bytes of the first pool: for a plan of one arena, the arena.
  package var arenaBytes: Int { pools.first?.usedBytes ?? 0 }
  package var peakBytes: Int { proof.peakBytes }
  package var lowerBoundBytes: Int { proof.lowerBoundBytes }
  package var arenaLowerBoundBytes: Int { proof.arenaLowerBoundBytes }

  /// Whether no execution order has a lower peak.
  package var isPeakProved: Bool { keptBecause == nil && peakBytes <= lowerBoundBytes }
  /// Whether no arena for the plan's order is smaller.
  package var isArenaProved: Bool { keptBecause == nil && arenaBytes <= arenaLowerBoundBytes }
  /// Whether no order and no offsets make a smaller arena.
  package var isProved: Bool {
    keptBecause == nil && arenaBytes <= max(lowerBoundBytes, proof.anyOrderBoundBytes)
  }

  /// The buffers that hold tensors.
  package var tensors: [Buffer] { buffers.filter { $0.tensor != nil } }
}

extension Plan.Buffer {
  /// The tensor that the buffer holds; nil for memory of a kernel.
  package var tensor: (graph: GraphID, value: ValueID)? {
    if case .tensor(let graph, let value) = content { (graph, value) } else { nil }
  }

  /// The node whose kernel needs the buffer; nil for a tensor.
  package var owner: (graph: GraphID, node: NodeID)? {
    if case .scratch(let graph, let node) = content { (graph, node) } else { nil }
  }
}
