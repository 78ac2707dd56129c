/// How large the trees are that the calls of a model's graphs unfold to.
///
/// A small file can name a tree without end: graphs that each call the next one twice.
package struct CallTree: Sendable {
  /// Graphs inside each other, the outermost counted; calls take stack, and no converter nests them this deep.
  package static let depthLimit = 64
  /// Operators that a call of a graph runs, those of called graphs counted at each call.
  package static let operatorLimit = 1_000_000

  /// By graph; 1 for one that calls none.
  package let depths: [Int]
  /// By graph; counted up to just beyond the limit.
  package let operatorCounts: [Int]

  /// Calls of graphs that do not exist, and calls that close a cycle, count nothing.
  package init(_ model: Model) {
    var depths = [Int](repeating: 0, count: model.graphs.count)
    var counts = [Int](repeating: 0, count: model.graphs.count)
    for graph in model.callOrder {
      let nodes = model.graphs[graph.index].nodes
      let called = nodes.lazy.flatMap(\.calledGraphs).filter { depths.indices.contains($0.index) }
      depths[graph.index] = 1 + (called.map { depths[$0.index] }.max() ?? 0)
      counts[graph.index] = called.reduce(min(nodes.count, Self.operatorLimit + 1)) {
        min($0 + counts[$1.index], Self.operatorLimit + 1)
      }
    }
    self.depths = depths
    operatorCounts = counts
  }

  /// The limit that the main graph's tree exceeds, for `GraphVerifier`; nil where it is within all.
  static func excess(of model: Model) -> String? {
    let tree = CallTree(model)
    guard let depth = tree.depths.first, let operatorCount = tree.operatorCounts.first else { return nil }
    if depth > depthLimit { return "subgraphs call each other more than \(depthLimit) deep" }
    if operatorCount > operatorLimit {
      return "the calls of subgraphs unfold to more than \(operatorLimit) operators"
    }
    return nil
  }
}
