/// What a node does besides writing its outputs: the reason why it may not change places with another.
package struct NodeEffects: Sendable, Equatable {
  /// State that the node reads.
  package var reads: Set<State> = []
  /// State that the node changes.
  package var writes: Set<State> = []

  package init() {}

  /// State that outlives an invocation.
  package enum State: Hashable, Sendable {
    /// A resource variable by its number in the `VariableTable`.
    case resource(Int)
    /// A hash table by its number.
    case table(Int)
    /// A resource whose handle comes from outside the graph: it may be any.
    case anyResource
    /// A value of a graph with `isVariable`.
    case variable(GraphID, ValueID)
    /// Seeds of random number generators.
    case randomGenerator
    /// Which variables the handles of one name stand for, where that depends on their order.
    case handles(name: String)
    /// Whatever a custom operator may touch.
    case unknown

    /// Whether changing one state may change the other.
    package func mayAlias(_ other: State) -> Bool {
      switch (self, other) {
      case (.unknown, _), (_, .unknown): true
      case (.anyResource, .resource), (.resource, .anyResource): true
      case (.anyResource, .table), (.table, .anyResource): true
      default: self == other
      }
    }
  }

  package var isPure: Bool { reads.isEmpty && writes.isEmpty }

  /// Whether the two nodes must keep their order.
  package func conflicts(with other: NodeEffects) -> Bool {
    Self.overlap(writes, other.writes) || Self.overlap(writes, other.reads)
      || Self.overlap(reads, other.writes)
  }

  mutating func formUnion(_ other: NodeEffects) {
    reads.formUnion(other.reads)
    writes.formUnion(other.writes)
  }

  private static func overlap(_ left: Set<State>, _ right: Set<State>) -> Bool {
    left.contains { state in right.contains { state.mayAlias($0) } }
  }
}
