import GraphIR
import Operators
import Tensors

/// A graph in which stripes are looked for, its nodes in the order of its plan.
struct StripePlace {
  let graph: Graph
  /// Bytes in use at each node without stripes.
  let live: [Int]
  let layers: StripedLayers
  /// Multiply-accumulates of all nodes.
  let work: Int

  init(_ graph: Graph, live: [Int]) {
    self.graph = graph
    self.live = live
    layers = StripedLayers(graph)
    work = graph.nodes.reduce(0) { $0.saturatingAdd(Registry.multiplyAccumulates(of: $1, in: graph)) }
  }

  func candidates(workLimit: Int) -> [StripeCandidate] {
    StripeCandidate.all(of: graph, layers: layers, workLimit: workLimit)
  }

  /// Why no stripes help, as a clause about the node at which most bytes are in use.
  func reason(workLimit: Int) -> String {
    guard let peak = live.indices.max(by: { (live[$0], $1) < (live[$1], $0) }) else {
      return "the model has no operators"
    }
    let title = graph.title(of: NodeID(peak))
    if let refusal = layers.refusal(of: peak) {
      return
        "\(title), at which most bytes are in use, cannot be computed a few rows at a time: \(refusal.reason)"
    }
    let all = candidates(workLimit: .max).filter { $0.nodes.contains(peak) && $0.bytes < live[peak] }
    guard let least = all.map(\.extraWork).min() else {
      return "\(title), at which most bytes are in use, takes no less in any loop"
    }
    if least > workLimit {
      let percent = Double(least) / Double(max(work, 1)) * 100
      return "a loop around \(title), at which most bytes are in use, adds "
        + "\((percent * 10).rounded(.up) / 10) % of multiply-accumulates or more, over the limit"
    }
    return "loops save fewer bytes of the tensors than they take for themselves"
  }

  func summary(_ candidate: StripeCandidate) -> StripedModel.Run {
    let (first, last) = (candidate.nodes.lowerBound, candidate.nodes.upperBound - 1)
    return StripedModel.Run(
      first: graph.title(of: NodeID(first)), last: graph.title(of: NodeID(last)),
      operatorCount: candidate.nodes.count, rowsPerTurn: candidate.plan.rowsPerTurn,
      turns: candidate.plan.turns, extraWork: candidate.extraWork, estimatedBytes: candidate.bytes,
      keptMaps: candidate.plan.maps.count { $0.keptRows > 0 },
      isResultOnSource: candidate.source.isUnderResult, end: end(behind: last))
  }

  private func end(behind last: Int) -> String {
    guard last + 1 < graph.nodes.count else { return "the model ends" }
    let title = graph.title(of: NodeID(last + 1))
    guard let refusal = layers.refusal(of: last + 1) else { return "with \(title) it would save less" }
    return "\(title) cannot be in it: \(refusal.reason)"
  }
}
