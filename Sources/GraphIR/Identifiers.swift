/// Index of a node in `Graph.nodes`.
package struct NodeID: Hashable, Sendable, Comparable {
  package let rawValue: Int32

  package init(_ index: Int) { rawValue = Int32(clamping: index) }

  package var index: Int { Int(rawValue) }

  package static func < (left: NodeID, right: NodeID) -> Bool { left.rawValue < right.rawValue }
}

/// Index of a value in `Graph.values`.
package struct ValueID: Hashable, Sendable, Comparable {
  package let rawValue: Int32

  package init(_ index: Int) { rawValue = Int32(clamping: index) }

  package var index: Int { Int(rawValue) }

  package static func < (left: ValueID, right: ValueID) -> Bool { left.rawValue < right.rawValue }
}

/// Index of a graph in `Model.graphs`; the first is the one an interpreter invokes.
package struct GraphID: Hashable, Sendable, Comparable {
  package let rawValue: Int32

  package init(_ index: Int) { rawValue = Int32(clamping: index) }

  package var index: Int { Int(rawValue) }

  package static func < (left: GraphID, right: GraphID) -> Bool { left.rawValue < right.rawValue }
}
