package import GraphIR
import Operators

/// Drives rules over a model's graphs until none finds anything more.
///
/// Rules run one after another, each over all nodes; rounds repeat until one changes nothing. Refusals are
/// taken from that last round, so that they speak of the model as it is left.
package struct Rewriter: Sendable {
  /// Nodes and values that may be looked at anew after edits, over all edits: a bound for models that no
  /// tool made.
  package static let workLimit = 200_000_000

  /// Nodes of a graph up to which it is not worth while to rewrite it in parts.
  package static let smallGraph = 1024
  /// Nodes of a part, from round to round: what one part keeps from another, a larger one has together.
  package static let partSizes = [64, 512, 4096]

  private let rules: [any RewriteRule]
  private let pass: String
  private let workLimit: Int
  private let partsAbove: Int
  private let partSizes: [Int]

  /// - Parameters:
  ///   - pass: the name that errors give.
  ///   - workLimit: see `Rewriter.workLimit`; each edit of a graph costs as much as the graph has nodes and
  ///     values.
  ///   - partsAbove: nodes of a graph above which it is rewritten in parts first.
  ///   - partSizes: see `Rewriter.partSizes`.
  package init(
    _ rules: [any RewriteRule], pass: String, workLimit: Int = Rewriter.workLimit,
    partsAbove: Int = Rewriter.smallGraph, partSizes: [Int] = Rewriter.partSizes
  ) {
    self.rules = rules
    self.pass = pass
    self.workLimit = workLimit
    self.partsAbove = partsAbove
    self.partSizes = partSizes
  }

  /// - Precondition: `GraphVerifier` finds nothing wrong with the model.
  /// - Throws: `PassError` where a rule has broken the model: an error in nnopt.
  package func run(on model: inout Model, log: inout PassLog) throws(PassError) {
    let verifier = GraphVerifier.fitting(model)
    var analysis = EffectAnalysis(model)
    var holders = RewriteContext.holders(model)
    for graph in model.callOrder {
      for size in partSizes where model.graphs[graph.index].nodes.count > partsAbove {
        rewriteParts(of: &model, graph, size, verifier, analysis, &holders, log: &log)
        analysis.update(graph, of: model)
      }
      try run(on: &model, graph, verifier, &analysis, &holders, log: &log)
    }
  }

  private func run(
    on model: inout Model, _ graph: GraphID, _ verifier: GraphVerifier, _ analysis: inout EffectAnalysis,
    _ holders: inout [ObjectIdentifier: Int], log: inout PassLog
  ) throws(PassError) {
    let size = model.graphs[graph.index].nodes.count + model.graphs[graph.index].values.count
    var budget = max(64, workLimit / max(size, 1))
    var context = RewriteContext(model, graph, effects: analysis.effects[graph.index], holders: holders)
    let refusals = try rewrite(&context, &budget, log: &log) { context, edit, note throws(PassError) in
      model.apply(edit, to: graph)
      try verify(model, verifier, note)
      if !edit.removedNodes.isEmpty || !edit.newNodes.isEmpty || !edit.redirects.isEmpty {
        analysis.update(graph, of: model)
      }
      context.follow(edit, to: model.graphs[graph.index], effects: analysis.effects[graph.index])
      return true
    }
    holders = context.holders
    for refusal in refusals { log.refused(refusal.rule, refusal.place, refusal.sentence) }
  }

  /// Rewrites parts of a large graph, each on its own, so that an edit costs as much as the part. Nothing changes where
  /// the parts do not make a graph again.
  private func rewriteParts(
    of model: inout Model, _ graph: GraphID, _ size: Int, _ verifier: GraphVerifier,
    _ analysis: EffectAnalysis,
    _ holders: inout [ObjectIdentifier: Int], log: inout PassLog
  ) {
    let whole = RewriteContext(model, graph, effects: analysis.effects[graph.index], holders: [:])
    var changes = RewriteParts(whole.graph)
    var (heldInParts, logOfParts) = (holders, log)
    for nodes in RewritePart.groups(of: whole, size: size) {
      var part = RewritePart(nodes, of: whole)
      var context = part.context(whole, heldInParts)
      var budget = 16 * size
      // What parts refuse, the whole graph is asked again.
      _ = rewrite(&context, &budget, log: &logOfParts) { context, edit, _ in part.follow(edit, &context) }
      heldInParts = context.holders
      if part.isChanged { changes.add(part, context.graph) }
    }
    guard let edited = changes.graph else { return }
    var candidate = model
    candidate.replace(graph, with: edited)
    if verifier.firstProblem(in: candidate) == nil {
      (model, holders, log) = (candidate, heldInParts, logOfParts)
    }
  }

  /// Tries all rules at all nodes, in rounds, until one round finds nothing more or the budget is used up.
  ///
  /// - Parameter apply: makes an edit and lets the context follow; false where it leaves it.
  /// - Returns: what rules have refused in the last round; nothing where the budget is used up.
  private func rewrite<Failure: Error>(
    _ context: inout RewriteContext, _ budget: inout Int, log: inout PassLog,
    _ apply: (inout RewriteContext, GraphEdit, PassLog.Entry) throws(Failure) -> Bool
  ) throws(Failure) -> [PassLog.Entry] {
    while budget > 0 {
      var isChanged = false
      var refusals: [PassLog.Entry] = []
      for rule in rules {
        var index = 0
        while index < context.graph.nodes.count {
          let node = NodeID(index)
          let match = Self.checked(rule.match(at: node, in: context), context.graph)
          index += 1
          if case .none = match { continue }
          let entry = Self.entry(rule, node, context)
          if case .refused(let sentence) = match { refusals.append(entry(sentence)) }
          guard case .found(let edit) = match else { continue }
          guard budget > 0 else { return [] }
          budget -= 1
          let note = entry(edit.summary)
          guard try apply(&context, edit, note) else { continue }
          log.edited(note.rule, note.place, note.sentence)
          isChanged = true
          index = max(0, index - 1 - edit.removedNodes.count)
        }
      }
      if !isChanged { return refusals }
    }
    return []
  }

  /// An edit whose new nodes no kernel takes is refused, unless nnopt knew no kernel before.
  private static func checked(_ match: RewriteMatch, _ graph: Graph) -> RewriteMatch {
    guard case .found(let edit) = match, !edit.newNodes.isEmpty else { return match }
    let edited = graph.applying(edit)
    for node in edit.newNodes {
      guard let known = Registry.operator(for: node.code) else { continue }
      let redirected = edited.nodes.first { $0.outputs == node.outputs } ?? node
      do throws(KernelError) {
        _ = try known.makeKernel(NodeContext(redirected, in: edited))
      } catch {
        return .refused("\(node.code.name) would not take it: \(error)")
      }
    }
    return match
  }

  private static func entry(
    _ rule: any RewriteRule, _ node: NodeID, _ context: RewriteContext
  ) -> (String) -> PassLog.Entry {
    let graph = context.graphID.index == 0 ? "" : "subgraph \(context.graphID.index), "
    let place = graph + context.number(node).title(context.graph[node].code.name)
    return { PassLog.Entry(rule: type(of: rule).name, place: place, sentence: $0) }
  }

  private func verify(
    _ model: Model, _ verifier: GraphVerifier, _ note: PassLog.Entry
  ) throws(PassError) {
    #if DEBUG
      if let problem = verifier.firstProblem(in: model) {
        throw PassError(
          pass: pass, place: note.place, reason: "\(note.rule) has broken the model: \(problem)")
      }
    #endif
  }
}
