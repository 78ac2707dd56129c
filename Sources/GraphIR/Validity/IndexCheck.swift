/// Whether everything that a model names exists.
enum IndexCheck {
  static func portProblem(in graph: Graph) -> String? {
    (graph.inputs + graph.outputs).compactMap(\.self).first { !graph.values.indices.contains($0.index) }
      .map { "an input or output is tensor \($0.index), which does not exist" }
  }

  static func nodeProblem(in graph: Graph) -> (node: Int, problem: String)? {
    for (index, node) in graph.nodes.enumerated() {
      let operands = node.inputs + (node.intermediates ?? []) + node.outputs
      for value in operands.compactMap(\.self) where !graph.values.indices.contains(value.index) {
        return (index, "it names tensor \(value.index), which does not exist")
      }
    }
    return nil
  }

  static func signatureProblem(in model: Model) -> (signature: Int, problem: String)? {
    for (index, signature) in (model.signatures ?? []).enumerated() {
      guard model.graphs.indices.contains(signature.graph.index) else {
        return (index, "its subgraph \(signature.graph.index) does not exist")
      }
      let graph = model.graphs[signature.graph.index]
      for binding in (signature.inputs ?? []) + (signature.outputs ?? [])
      where !graph.values.indices.contains(binding.value.index) {
        return (index, "'\(binding.name ?? "")' is tensor \(binding.value.index), which does not exist")
      }
    }
    return nil
  }
}
