extension Node {
  /// Graphs that the node runs, in the order in which it names them.
  package var calledGraphs: [GraphID] {
    if let fields = code.builtin.callFields { return fields.map { GraphID(attributes.integer($0)) } }
    guard let record = options2?.record else { return [] }
    if let fields = code.builtin.stablehloCallFields { return fields.map { GraphID(record.integer($0)) } }
    return code.builtin.stablehloCallList.map { record.integers($0).map(GraphID.init) } ?? []
  }

  /// Gives the graphs that the node runs other numbers.
  package mutating func renumberCalls(_ number: (GraphID) -> GraphID) {
    func renumbered(_ index: Int) -> Int64 { Int64(number(GraphID(index)).index) }
    for field in code.builtin.callFields ?? [] where options != nil {
      let called = renumbered(attributes.integer(field))
      options?.record[field] = .integer(called)
    }
    guard let record = options2?.record else { return }
    for field in code.builtin.stablehloCallFields ?? [] {
      options2?.record[field] = .integer(renumbered(record.integer(field)))
    }
    if let field = code.builtin.stablehloCallList, record[field] != nil {
      options2?.record[field] = .integers(record.integers(field).map(renumbered))
    }
  }
}

extension BuiltinOperator {
  /// Fields of `builtin_options` that name graphs, for the operators that have such.
  fileprivate var callFields: [String]? {
    switch self {
    case .`if`: ["then_subgraph_index", "else_subgraph_index"]
    case .`while`: ["cond_subgraph_index", "body_subgraph_index"]
    case .callOnce: ["init_subgraph_index"]
    case .call: ["subgraph"]
    default: nil
    }
  }

  /// Fields of `builtin_options_2` that name a graph each.
  fileprivate var stablehloCallFields: [String]? {
    switch self {
    case .stablehloWhile: ["cond_subgraph_index", "body_subgraph_index"]
    case .stablehloReduce, .stablehloReduceWindow: ["body_subgraph_index"]
    case .stablehloScatter: ["update_computation_subgraph_index"]
    case .stablehloSort: ["comparator_subgraph_index"]
    case .stablehloComposite: ["decomposition_subgraph_index"]
    default: nil
    }
  }

  /// The field of `builtin_options_2` that lists graphs.
  fileprivate var stablehloCallList: String? {
    switch self {
    case .stablehloCase: "branch_subgraph_indices"
    case .stablehloCustomCall: "called_computations"
    default: nil
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
