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

  /// Judges a model's calls: the one check of all that plan, predict or run a model.
  ///
  /// - Throws: the limit that the main graph's tree exceeds, or a graph that calls itself.
  package static func check(_ model: Model) throws(Excess) {
    var isKnown = [Bool](repeating: false, count: model.graphs.count)
    for graph in model.callOrder {
      let called = model.graphs[graph.index].nodes.lazy.flatMap(\.calledGraphs)
      guard called.allSatisfy({ !isKnown.indices.contains($0.index) || isKnown[$0.index] }) else {
        throw .circle(graph)
      }
      isKnown[graph.index] = true
    }
    let tree = CallTree(model)
    guard let depth = tree.depths.first, let operatorCount = tree.operatorCounts.first else { return }
    guard depth <= depthLimit else { throw .depth }
    guard operatorCount <= operatorLimit else { throw .operators }
  }

  /// What no tree of calls may be.
  package enum Excess: Error, Equatable, Sendable, CustomStringConvertible {
    case depth
    case operators
    case circle(GraphID)

    package var description: String {
      switch self {
      case .depth: "subgraphs call each other more than \(CallTree.depthLimit) deep"
      case .operators: "the calls of subgraphs unfold to more than \(CallTree.operatorLimit) operators"
      case .circle(let graph): "subgraph \(graph.index) calls itself, by way of others or not"
      }
    }
  }
}
