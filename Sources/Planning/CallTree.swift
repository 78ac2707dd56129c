import GraphIR
import MemoryPlanning

/// How large the tree is that the main graph's calls unfold to.
///
/// A small file can name a tree without end: graphs that each call the next one twice.
enum CallTree {
  static let stepLimit = 1_000_000
  static let depthLimit = 1_000

  /// - Throws: `PlanningError.invalidProblem` where the main graph runs more steps, or nests calls deeper,
  ///   than any real model.
  static func checkLimits(of model: Model) throws(PlanningError) {
    guard let (steps, depth) = size(of: model).first else { return }
    guard depth <= depthLimit else {
      throw .invalidProblem("subgraphs call each other more than \(depthLimit) deep: no stack holds that")
    }
    guard steps <= stepLimit else {
      throw .invalidProblem("the calls of subgraphs unfold to more than \(stepLimit) operators")
    }
  }

  /// Steps, calls included and counted up to just beyond the limit, and nested calls, by graph.
  private static func size(of model: Model) -> [(steps: Int, depth: Int)] {
    var sizes = [(steps: Int, depth: Int)](repeating: (0, 0), count: model.graphs.count)
    for graph in model.callOrder {
      var steps = model.graphs[graph.index].nodes.count
      var depth = 0
      for called in model.graphs[graph.index].nodes.lazy.flatMap(\.calledGraphs) {
        steps = min(steps + sizes[called.index].steps, stepLimit + 1)
        depth = max(depth, sizes[called.index].depth + 1)
      }
      sizes[graph.index] = (steps, depth)
    }
    return sizes
  }
}
