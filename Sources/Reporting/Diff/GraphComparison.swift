import GraphIR
import Tensors

/// What differs between two graphs.
struct GraphComparison {
  private let before: Graph
  private let after: Graph
  private let index: Int
  private let operators: OperatorMatching
  private let tensors: TensorMatching

  init(_ before: Graph, _ after: Graph, index: Int) {
    self.before = before
    self.after = after
    self.index = index
    operators = OperatorMatching(before, after)
    tensors = TensorMatching(before, after, operators: operators.pairs + operators.replaced)
  }

  /// In the order of the first graph, then what was added.
  var operatorChanges: [ModelDiff.OperatorChange] {
    let absorbers = FusionSearch(before, after, operators.pairs).absorbers(of: operators.removed)
    var changes = zip(operators.removed, absorbers).map { node, absorber in
      let into = absorber.map { operators.pairs[$0].after }
      return change(into == nil ? .removed : .fused, node, into)
    }
    changes += operators.replaced.map { change(.replaced, $0.before, $0.after) }
    changes += operators.pairs.filter(\.isMoved).map { change(.reordered, $0.before, $0.after) }
    for pair in operators.pairs {
      let details = details(of: pair)
      if !details.isEmpty { changes.append(change(.changed, pair.before, pair.after, details)) }
    }
    changes.sort {
      ($0.before?.index ?? .max, $0.kind.rawValue) < ($1.before?.index ?? .max, $1.kind.rawValue)
    }
    return changes + operators.added.map { change(.added, nil, $0) }
  }

  private func change(
    _ kind: ModelDiff.OperatorChange.Kind, _ old: Int?, _ new: Int?, _ details: [ModelDiff.Change] = []
  ) -> ModelDiff.OperatorChange {
    ModelDiff.OperatorChange(
      kind: kind, graph: index, before: old.map { Self.entry(before, $0) },
      after: new.map { Self.entry(after, $0) }, details: details)
  }

  private static func entry(_ graph: Graph, _ node: Int) -> ModelDiff.Operator {
    let output = graph.nodes[node].outputs.first
    return ModelDiff.Operator(
      index: node, name: graph.nodes[node].code.name,
      tensor: output.map { graph[$0].name ?? "" } ?? "")
  }

  private func details(of pair: OperatorMatching.Pair) -> [ModelDiff.Change] {
    let (old, new) = (before.nodes[pair.before], after.nodes[pair.after])
    var changes = ChangeList()
    changes.note("version", "\(old.code.version)", "\(new.code.version)")
    changes.noteFields(old.attributes, new.attributes)
    changes.noteUnless(
      old.options?.code == new.options?.code && Equality.same(old.options2, new.options2)
        && (old.mutatingVariableInputs ?? []) == (new.mutatingVariableInputs ?? [])
        && isSame(old.intermediates ?? [], new.intermediates ?? []), "other fields")
    changes.noteUnless(old.customOptions == new.customOptions, "custom options")
    changes.note("inputs", operands(old.inputs, before), operands(new.inputs, after)) {
      isSame(old.inputs, new.inputs)
    }
    changes.note("outputs", operands(old.outputs, before), operands(new.outputs, after)) {
      isSame(old.outputs, new.outputs)
    }
    return changes.changes
  }

  private func isSame(_ olds: [ValueID?], _ news: [ValueID?]) -> Bool {
    olds.count == news.count
      && zip(olds, news).allSatisfy { old, new in old.flatMap { tensors.partner[$0.index] } == new?.index }
  }

  private func operands(_ ids: [ValueID?], _ graph: Graph) -> String {
    ids.map { id in id.map { Self.name(graph, $0.index) } ?? "–" }.joined(separator: ", ")
  }

  fileprivate static func name(_ graph: Graph, _ value: Int) -> String {
    graph.name(of: ValueID(value))
  }
}

extension GraphComparison {
  private var pairs: [(before: Int, after: Int)] {
    tensors.partner.enumerated().compactMap { index, match in match.map { (index, $0) } }
  }

  /// In the order of the first graph, then what was added.
  var tensorChanges: [ModelDiff.TensorChange] {
    var changes: [ModelDiff.TensorChange] = []
    for (index, match) in tensors.partner.enumerated() {
      guard let match else {
        changes.append(tensor(.removed, before, index, nil))
        continue
      }
      let details = TensorAspects.changes(before.values[index], after.values[match])
      if !details.isEmpty { changes.append(tensor(.changed, after, index, match, details)) }
    }
    let added = tensors.isTaken.indices.filter { !tensors.isTaken[$0] }
    return changes + added.map { tensor(.added, after, nil, $0) }
  }

  private func tensor(
    _ kind: ModelDiff.TensorChange.Kind, _ graph: Graph, _ old: Int?, _ new: Int?,
    _ details: [ModelDiff.Change] = []
  ) -> ModelDiff.TensorChange {
    let position = kind == .removed ? old : new
    return ModelDiff.TensorChange(
      kind: kind, graph: index, name: position.map { Self.name(graph, $0) } ?? "", beforeIndex: old,
      afterIndex: new, isConstant: position.map { graph.values[$0].isConstant } ?? false, details: details)
  }

  /// In the order of the first graph.
  var constantChanges: [ModelDiff.ConstantChange] {
    pairs.compactMap { pair in
      let (old, new) = (before.values[pair.before], after.values[pair.after])
      guard old.isConstant, new.isConstant, old.data !== new.data, old.data.bytes != new.data.bytes else {
        return nil
      }
      return ModelDiff.ConstantChange(
        graph: index, name: Self.name(after, pair.after), beforeBytes: old.data.byteCount,
        afterBytes: new.data.byteCount, largestRelativeChange: ConstantComparison.largestChange(old, new))
    }
  }

  /// Inputs and outputs whose tensors are other ones, or have another type or shape.
  var portChanges: [ModelDiff.Change] {
    changes(of: "input", before.inputs, after.inputs) + changes(of: "output", before.outputs, after.outputs)
      + ChangeList.single("\(place)name", before.name ?? "", after.name ?? "")
  }

  private var place: String { index == 0 ? "" : "subgraph \(index), " }

  private func changes(of kind: String, _ olds: [ValueID?], _ news: [ValueID?]) -> [ModelDiff.Change] {
    (0..<max(olds.count, news.count)).flatMap { position in
      let old = position < olds.count ? olds[position] : nil
      let new = position < news.count ? news[position] : nil
      let isSame = old.flatMap { tensors.partner[$0.index] } == new?.index
      let texts = (
        old.map { Self.port($0, before, withName: !isSame) },
        new.map { Self.port($0, after, withName: !isSame) }
      )
      guard texts.0 != texts.1 || !isSame else { return [ModelDiff.Change]() }
      return [ModelDiff.Change(what: "\(place)\(kind) \(position)", before: texts.0, after: texts.1)]
    }
  }

  private static func port(_ id: ValueID, _ graph: Graph, withName: Bool) -> String {
    let value = graph[id]
    let facts = "\(value.elementType) \(value.shape?.description ?? "?")"
    return withName ? "\(name(graph, id.index)) \(facts)" : facts
  }
}
