internal import GraphIR

/// Checks of a model whose indices are already known to be in range.
///
/// Where runtimes are lenient with real files, so are the checks; what would make a plan or an
/// execution meaningless is an error.
struct ModelChecker {
  private let model: Model
  private let file: String

  init(_ model: Model, file: String) {
    self.model = model
    self.file = file
  }

  /// - Throws: `invalid`, for the first thing found in the file's order.
  func check() throws(ModelFileError) {
    for (subgraph, graph) in model.graphs.enumerated() {
      for (index, value) in graph.values.enumerated() {
        guard let problem = ValueCheck.problem(of: value) else { continue }
        throw error(.tensor(index, subgraph: subgraph, name: value.name), problem)
      }
      if let (node, problem) = OrderCheck.problem(in: graph) {
        throw error(place(of: node, subgraph: subgraph), problem)
      }
    }
    if let (subgraph, node, problem) = CallCheck.problem(in: model) {
      throw error(place(of: node, subgraph: subgraph), problem)
    }
  }

  private func place(of node: Int, subgraph: Int) -> Place {
    .node(node, subgraph: subgraph, operatorName: model.graphs[subgraph].nodes[node].code.name)
  }

  private func error(_ place: Place, _ problem: String) -> ModelFileError {
    .invalid(file: file, place: place, problem: problem)
  }
}
