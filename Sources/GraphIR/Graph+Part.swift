extension Graph {
  /// Some nodes alone, with the values that they name, numbered in the order in which they are met: a graph to
  /// run ahead of the others.
  ///
  /// - Parameters:
  ///   - nodes: nodes of a graph, or replacements for them.
  ///   - inputs: values of the graph that become inputs; all other operands are constants.
  ///   - outputs: values of the graph that become outputs.
  package init(_ nodes: [Node], of graph: Graph, inputs: [ValueID], outputs: [ValueID]) {
    var values: [Value] = []
    var numbers: [ValueID: ValueID] = [:]
    func number(_ id: ValueID) -> ValueID {
      if let known = numbers[id] { return known }
      values.append(graph[id])
      let new = ValueID(values.count - 1)
      numbers[id] = new
      return new
    }
    let copies = nodes.map { node in
      var copy = node
      copy.inputs = node.inputs.map { $0.map(number) }
      copy.outputs = node.outputs.map(number)
      copy.intermediates = node.intermediates?.map { $0.map(number) }
      return copy
    }
    let ports = (inputs: inputs.map(number), outputs: outputs.map(number))
    self.init(nodes: copies, values: values, inputs: ports.inputs, outputs: ports.outputs)
  }
}
