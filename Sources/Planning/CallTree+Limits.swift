import GraphIR
import MemoryPlanning

extension CallTree {
  /// - Throws: `PlanningError.invalidProblem` where the main graph runs more steps, or nests calls deeper,
  ///   than any real model, or graphs call each other in a circle.
  static func checkLimits(of model: Model) throws(PlanningError) {
    let tree = CallTree(model)
    guard let depth = tree.depths.first, let count = tree.operatorCounts.first else { return }
    var isKnown = [Bool](repeating: false, count: model.graphs.count)
    for graph in model.callOrder {
      let called = model.graphs[graph.index].nodes.lazy.flatMap(\.calledGraphs)
      guard called.allSatisfy({ !isKnown.indices.contains($0.index) || isKnown[$0.index] }) else {
        throw .invalidProblem("subgraph \(graph.index) calls itself, by way of others or not")
      }
      isKnown[graph.index] = true
    }
    guard depth <= depthLimit else {
      throw .invalidProblem("subgraphs call each other more than \(depthLimit) deep: no stack holds that")
    }
    guard count <= operatorLimit else {
      throw .invalidProblem("the calls of subgraphs unfold to more than \(operatorLimit) operators")
    }
  }
}
