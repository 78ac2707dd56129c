/// Whether the subgraphs that operators call exist, and none calls itself, directly or through others.
enum CallCheck {
  typealias Problem = (subgraph: Int, node: Int, problem: String)

  static func problem(in model: Model) -> Problem? {
    let calls = model.graphs.map { graph in
      graph.nodes.enumerated().flatMap { node, content in
        content.calledGraphs.map { (node: node, callee: $0.index) }
      }
    }
    for (subgraph, list) in calls.enumerated() {
      for (node, callee) in list where !model.graphs.indices.contains(callee) {
        return (subgraph, node, "calls subgraph \(callee); the model has \(model.graphs.count)")
      }
    }
    return cycle(in: calls)
  }

  private enum Progress {
    case new, open, done
  }

  /// A depth-first walk without recursion: a chain of calls may be as long as the file allows.
  private static func cycle(in calls: [[(node: Int, callee: Int)]]) -> Problem? {
    var progress = [Progress](repeating: .new, count: calls.count)
    for root in calls.indices where progress[root] == .new {
      var path: [(subgraph: Int, next: Int)] = [(root, 0)]
      progress[root] = .open
      while let (subgraph, next) = path.last {
        guard next < calls[subgraph].count else {
          progress[subgraph] = .done
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let call = calls[subgraph][next]
        switch progress[call.callee] {
        case .done: break
        case .open:
          return (subgraph, call.node, "calls subgraph \(call.callee), which is still running: a cycle")
        case .new:
          progress[call.callee] = .open
          path.append((call.callee, 0))
        }
      }
    }
    return nil
  }
}
