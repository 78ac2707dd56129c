/// Whether operators can run in the file's order: every value is written once, before it is read.
enum OrderCheck {
  static func problem(in graph: Graph) -> (node: Int, problem: String)? {
    var writer = [Int?](repeating: nil, count: graph.values.count)
    var isInput = [Bool](repeating: false, count: graph.values.count)
    for case let input? in graph.inputs { isInput[input.index] = true }
    for (index, node) in graph.nodes.enumerated() {
      for output in node.outputs {
        if let other = writer[output.index] {
          return (index, "writes tensor \(output.index), which operator \(other) has written")
        }
        if graph[output].isConstant { return (index, "writes tensor \(output.index), a constant") }
        if isInput[output.index] {
          return (index, "writes tensor \(output.index), an input of the subgraph")
        }
        writer[output.index] = index
      }
    }
    for (index, node) in graph.nodes.enumerated() {
      for case let input? in node.inputs {
        guard let other = writer[input.index], other >= index else { continue }
        return (
          index,
          other == index
            ? "reads tensor \(input.index), its own output"
            : "reads tensor \(input.index), which the later operator \(other) writes"
        )
      }
    }
    return nil
  }
}
