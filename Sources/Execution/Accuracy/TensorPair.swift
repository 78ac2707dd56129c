import GraphIR
import Tensors

/// A tensor of a reference and the tensor of a candidate that should hold the same.
struct TensorPair: Sendable {
  let name: String
  let reference: Side
  let candidate: Side

  struct Side: Sendable {
    let value: ValueID
    let operatorName: String
    let dequantizer: Dequantizer
  }

  /// The type of both; nil where they have different ones, and equal bytes do not mean equal numbers.
  let commonType: ElementType?

  private init?(_ name: String, _ reference: (Graph, ValueID), _ candidate: (Graph, ValueID)) {
    let (left, right) = (reference.0[reference.1], candidate.0[candidate.1])
    guard let first = Dequantizer(left), let second = Dequantizer(right),
      left.shape?.elementCount == right.shape?.elementCount
    else { return nil }
    self.name = name
    commonType = left.elementType == right.elementType ? left.elementType : nil
    self.reference = Side(
      value: reference.1, operatorName: Self.writer(of: reference.1, in: reference.0), dequantizer: first)
    self.candidate = Side(
      value: candidate.1, operatorName: Self.writer(of: candidate.1, in: candidate.0), dequantizer: second)
  }

  /// The outputs by position.
  ///
  /// - Throws: `incomparable` unless both models have as many, of the same sizes.
  static func outputs(_ reference: Graph, _ candidate: Graph) throws(RunError) -> [TensorPair] {
    let (left, right) = (reference.outputs.compactMap(\.self), candidate.outputs.compactMap(\.self))
    guard left.count == right.count else {
      throw .incomparable("the reference has \(left.count) outputs, the candidate \(right.count)")
    }
    var pairs: [TensorPair] = []
    for (position, ids) in zip(left, right).enumerated() {
      let name = reference[ids.0].name ?? "output \(position)"
      guard let pair = TensorPair(name, (reference, ids.0), (candidate, ids.1)) else {
        throw .incomparable(
          "output \(position) is \(text(reference[ids.0])) in the reference, \(text(candidate[ids.1])) in the candidate"
        )
      }
      pairs.append(pair)
    }
    return pairs
  }

  /// Tensors that nodes of both graphs write, matched by names that stand once in each, in an order of the
  /// reference's nodes; by operators where a graph's tensors have no names.
  static func layers(_ reference: Graph, order: [NodeID], _ candidate: Graph, order other: [NodeID])
    -> [TensorPair]
  {
    guard isNamed(reference), isNamed(candidate) else {
      return layersByOperators(reference, order, candidate, other)
    }
    let known = written(candidate)
    let unique = written(reference)
    return order.flatMap { reference[$0].outputs }.compactMap { id in
      guard let name = reference[id].name, !name.isEmpty, unique[name] != nil, let other = known[name] ?? nil
      else { return nil }
      return TensorPair(name, (reference, id), (candidate, other))
    }
  }

  private static func isNamed(_ graph: Graph) -> Bool {
    graph.nodes.contains { node in node.outputs.contains { !(graph[$0].name ?? "").isEmpty } }
  }

  /// Tensors of a longest common subsequence of both orders, by operator and shape (Myers, 1986).
  private static func layersByOperators(
    _ reference: Graph, _ order: [NodeID], _ candidate: Graph, _ other: [NodeID]
  ) -> [TensorPair] {
    let (left, right) = (marks(reference, order), marks(candidate, other))
    let difference = right.map(\.mark).difference(from: left.map(\.mark))
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    let kept = zip(
      left.indices.filter { !removed.contains($0) }, right.indices.filter { !inserted.contains($0) })
    return kept.compactMap { first, second in
      let (here, there) = (left[first].id, right[second].id)
      let names = [reference[here].name, candidate[there].name].compactMap(\.self)
      let name = names.first { !$0.isEmpty } ?? "operator \(left[first].node.index)"
      return TensorPair(name, (reference, here), (candidate, there))
    }
  }

  private static func marks(_ graph: Graph, _ order: [NodeID]) -> [(node: NodeID, id: ValueID, mark: String)]
  {
    order.flatMap { node in
      graph[node].outputs.map { ($0, "\(graph[node].code.name) \(graph[$0].shape?.description ?? "")") }
        .map { (node, $0.0, $0.1) }
    }
  }

  /// What nodes write, by name; nil for a name that several tensors have.
  private static func written(_ graph: Graph) -> [String: ValueID?] {
    var result: [String: ValueID?] = [:]
    for id in graph.nodes.flatMap(\.outputs) {
      guard let name = graph[id].name else { continue }
      result[name] = .some(result[name] == nil ? id : nil)
    }
    return result
  }

  private static func writer(of id: ValueID, in graph: Graph) -> String {
    graph.nodes.first { $0.outputs.contains(id) }?.code.name ?? ""
  }

  private static func text(_ value: Value) -> String {
    "\(value.elementType) \(value.shape?.description ?? "without shape")"
  }
}
