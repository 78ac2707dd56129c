import GraphIR

/// Which tensors of two graphs are the same ones: those of one unique name, then by position at matched operators and
/// at the graph's inputs and outputs.
struct TensorMatching {
  /// The tensor of the second graph for each of the first.
  private(set) var partner: [Int?]
  private(set) var isTaken: [Bool]

  init(_ before: Graph, _ after: Graph, operators: [OperatorMatching.Pair]) {
    partner = [Int?](repeating: nil, count: before.values.count)
    isTaken = [Bool](repeating: false, count: after.values.count)
    let new = Self.uniqueNames(after)
    for (name, old) in Self.uniqueNames(before).sorted(by: { $0.value < $1.value }) {
      if let other = new[name] { match(old, other) }
    }
    for pair in operators {
      let (old, new) = (before.nodes[pair.before], after.nodes[pair.after])
      match(old.outputs.map(Optional.some), new.outputs.map(Optional.some))
      match(old.inputs, new.inputs)
    }
    match(before.inputs, after.inputs)
    match(before.outputs, after.outputs)
  }

  private mutating func match(_ old: Int, _ new: Int) {
    guard partner.indices.contains(old), isTaken.indices.contains(new) else { return }
    guard partner[old] == nil, !isTaken[new] else { return }
    partner[old] = new
    isTaken[new] = true
  }

  private mutating func match(_ olds: [ValueID?], _ news: [ValueID?]) {
    for case (let old?, let new?) in zip(olds, news) { match(old.index, new.index) }
  }

  private static func uniqueNames(_ graph: Graph) -> [String: Int] {
    var names: [String: Int] = [:]
    for (index, value) in graph.values.enumerated() {
      guard let name = value.name, !name.isEmpty else { continue }
      names[name] = names[name] == nil ? index : -1
    }
    return names.filter { $0.value >= 0 }
  }
}
