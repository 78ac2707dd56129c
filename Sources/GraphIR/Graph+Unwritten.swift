extension Graph {
  /// The first operand, in the order of the nodes, that nothing writes and that is no constant, no variable and
  /// no input of the graph; nil where there is none.
  ///
  /// Interpreters read zeros there, as some old files want it; a microcontroller reads what its memory holds.
  package var firstUnwrittenOperand: (node: NodeID, value: ValueID)? {
    let isWritten = writtenValues
    for (index, node) in nodes.enumerated() {
      if let value = node.inputs.compactMap(\.self).first(where: { !isWritten[$0.index] }) {
        return (NodeID(index), value)
      }
    }
    return nil
  }

  /// Whether a value holds something when an operator may read it, by value: a constant, a variable, an input of the
  /// graph, or what an operator writes.
  package var writtenValues: [Bool] {
    var isWritten = values.map { $0.isConstant || $0.isVariable }
    for value in inputs.compactMap(\.self) + nodes.flatMap(\.outputs) { isWritten[value.index] = true }
    return isWritten
  }
}
