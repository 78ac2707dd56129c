/// The one judge of models: what the reader, plans, passes and runs rely on.
///
/// It knows the format's rules and how many operands an operator has: indices, sizes, order, single producers, calls.
/// What a kernel demands of ranks and types, its own preparation checks.
package struct GraphVerifier: Sendable, Equatable {
  /// What a model may have all the same.
  package struct Leniency: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Constants with more bytes than their shapes need, as some files have them.
    package static let longConstants = Leniency(rawValue: 1)
    /// More operands than the operator has, at which some kernels do not look.
    package static let moreOperands = Leniency(rawValue: 2)
    /// Too few operands, which can be shown and written again.
    package static let fewerOperands = Leniency(rawValue: 4)
    /// Calls beyond the limits of `CallTree`.
    package static let anyCallTree = Leniency(rawValue: 8)
  }

  package let leniency: Leniency

  package init(_ leniency: Leniency = []) { self.leniency = leniency }

  /// What a file must be to be looked at.
  package static let forReading = GraphVerifier([.longConstants, .moreOperands, .fewerOperands, .anyCallTree])
  /// What a model must be to be planned, or run.
  package static let forUse = GraphVerifier([.longConstants, .moreOperands])

  /// A verifier that is as strict as the model was to begin with.
  package static func fitting(_ model: Model) -> GraphVerifier {
    let strict = GraphVerifier()
    return strict.firstProblem(in: model) == nil ? strict : GraphVerifier(.longConstants)
  }

  /// Something that breaks a rule.
  package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where in the model.
    package let place: ModelPlace
    /// What is wrong, without a full stop.
    package let reason: String

    package init(place: ModelPlace, reason: String) {
      self.place = place
      self.reason = reason
    }

    package var description: String { "\(place): \(reason)" }
  }

  /// The first problem of a model: of its graphs one by one, of their calls, of the signatures.
  package func firstProblem(in model: Model) -> Problem? {
    if model.graphs.isEmpty { return Problem(place: .model, reason: "there is no subgraph") }
    for (index, graph) in model.graphs.enumerated() {
      if let problem = problem(in: graph, index) { return problem }
    }
    if let (subgraph, node, reason) = CallCheck.problem(in: model) {
      return Problem(place: place(of: node, in: model.graphs[subgraph], subgraph), reason: reason)
    }
    if !leniency.contains(.anyCallTree), let reason = CallTree.excess(of: model) {
      return Problem(place: .model, reason: reason)
    }
    return IndexCheck.signatureProblem(in: model).map {
      Problem(place: .signature($0.signature), reason: $0.problem)
    }
  }

  /// - Throws: the first problem.
  package func verify(_ model: Model) throws(Problem) {
    if let problem = firstProblem(in: model) { throw problem }
  }

  private func problem(in graph: Graph, _ index: Int) -> Problem? {
    let allowsLongConstants = leniency.contains(.longConstants)
    for (position, value) in graph.values.enumerated() {
      guard let reason = ValueCheck.problem(of: value, allowsLongConstants: allowsLongConstants) else {
        continue
      }
      return Problem(place: .tensor(position, subgraph: index, name: value.name), reason: reason)
    }
    if let reason = IndexCheck.portProblem(in: graph) {
      return Problem(place: .subgraph(index), reason: reason)
    }
    let problem =
      IndexCheck.nodeProblem(in: graph) ?? OrderCheck.problem(in: graph) ?? arityProblem(in: graph)
    return problem.map { Problem(place: place(of: $0.node, in: graph, index), reason: $0.problem) }
  }

  private func arityProblem(in graph: Graph) -> (node: Int, problem: String)? {
    for (index, node) in graph.nodes.enumerated() {
      guard let arity = OperatorArity(of: node.code.builtin) else { continue }
      if !isAllowed(node.inputs.count, arity.inputs) { return (index, "it has \(node.inputs.count) inputs") }
      if !isAllowed(node.outputs.count, arity.outputs) {
        return (index, "it has \(node.outputs.count) outputs")
      }
    }
    return nil
  }

  private func isAllowed(_ count: Int, _ range: ClosedRange<Int>) -> Bool {
    (count >= range.lowerBound || leniency.contains(.fewerOperands))
      && (count <= range.upperBound || leniency.contains(.moreOperands))
  }

  private func place(of node: Int, in graph: Graph, _ subgraph: Int) -> ModelPlace {
    .node(node, subgraph: subgraph, operatorName: graph.nodes[node].code.name)
  }
}
