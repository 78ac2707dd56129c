import GraphIR
import MemoryPlanning

extension CallTree {
  /// - Throws: `PlanningError.invalidProblem` where the main graph runs more steps, or nests calls deeper,
  ///   than any real model.
  static func checkLimits(of model: Model) throws(PlanningError) {
    let tree = CallTree(model)
    guard let depth = tree.depths.first, let count = tree.operatorCounts.first else { return }
    guard depth <= depthLimit else {
      throw .invalidProblem("subgraphs call each other more than \(depthLimit) deep: no stack holds that")
    }
    guard count <= operatorLimit else {
      throw .invalidProblem("the calls of subgraphs unfold to more than \(operatorLimit) operators")
    }
  }
}
