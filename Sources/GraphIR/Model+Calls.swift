extension Node {
  /// Graphs that the node runs, in the order in which it names them.
  package var calledGraphs: [GraphID] {
    let names: [String]
    switch code.builtin {
    case .`if`: names = ["then_subgraph_index", "else_subgraph_index"]
    case .`while`: names = ["cond_subgraph_index", "body_subgraph_index"]
    case .callOnce: names = ["init_subgraph_index"]
    case .call: names = ["subgraph"]
    default: return stablehloCalledGraphs
    }
    return names.map { GraphID(attributes.integer($0)) }
  }

  private var stablehloCalledGraphs: [GraphID] {
    guard let record = options2?.record else { return [] }
    switch code.builtin {
    case .stablehloWhile:
      return ["cond_subgraph_index", "body_subgraph_index"].map { GraphID(record.integer($0)) }
    case .stablehloReduce, .stablehloReduceWindow:
      return [GraphID(record.integer("body_subgraph_index"))]
    case .stablehloScatter: return [GraphID(record.integer("update_computation_subgraph_index"))]
    case .stablehloSort: return [GraphID(record.integer("comparator_subgraph_index"))]
    case .stablehloComposite: return [GraphID(record.integer("decomposition_subgraph_index"))]
    case .stablehloCase: return record.integers("branch_subgraph_indices").map(GraphID.init)
    case .stablehloCustomCall: return record.integers("called_computations").map(GraphID.init)
    default: return []
    }
  }
}

extension Model {
  /// Every graph once, each behind all graphs that it calls.
  ///
  /// Calls to graphs that do not exist and calls that close a cycle are passed over.
  package var callOrder: [GraphID] {
    var order: [GraphID] = []
    var isSeen = [Bool](repeating: false, count: graphs.count)
    for root in graphs.indices {
      var stack: [(graph: Int, isExit: Bool)] = [(root, false)]
      while let (graph, isExit) = stack.popLast() {
        if isExit {
          order.append(GraphID(graph))
        } else if !isSeen[graph] {
          isSeen[graph] = true
          stack.append((graph, true))
          for called in graphs[graph].nodes.flatMap(\.calledGraphs).reversed()
          where graphs.indices.contains(called.index) && !isSeen[called.index] {
            stack.append((called.index, false))
          }
        }
      }
    }
    return order
  }
}
