import GraphIR

/// Several operators that are one: what goes in, and the values in between.
struct OperatorPattern {
  let operand: ValueID
  /// Values between the operand and the result; constants among them do not count.
  let inner: [ValueID]
}

extension RewriteContext {
  /// An edit that puts one node in the place of a pattern's last node and removes the others.
  ///
  /// - Throws: a refusal where somebody else sees a value in between.
  func replacing(
    _ id: NodeID, _ pattern: OperatorPattern, with node: Node
  ) throws(Refusal) -> GraphEdit {
    var edit = GraphEdit(of: graph, "with the operators before it one \(node.code.name)")
    let members = Set(pattern.inner.compactMap { producer(of: $0) })
    for value in pattern.inner {
      guard let member = producer(of: value) else { continue }
      let name = "the result of \(label(member))"
      if isPort[value.index] { throw Refusal("\(name) is also a port of the model") }
      if let other = consumers[value.index].first(where: { $0 != id && !members.contains($0) }) {
        throw Refusal("\(name) is also used by \(label(other))")
      }
      edit.remove(member)
    }
    edit[id] = node
    return edit
  }
}
