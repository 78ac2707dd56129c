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

  private let rules: [any RewriteRule]
  private let pass: String
  private let workLimit: Int

  /// - Parameters:
  ///   - pass: the name that errors give.
  ///   - workLimit: see `Rewriter.workLimit`; each edit of a graph costs as much as the graph has nodes and
  ///     values.
  package init(_ rules: [any RewriteRule], pass: String, workLimit: Int = Rewriter.workLimit) {
    self.rules = rules
    self.pass = pass
    self.workLimit = workLimit
  }

  /// - Precondition: `GraphVerifier` finds nothing wrong with the model.
  /// - Throws: `PassError` where a rule has broken the model: an error in nnopt.
  package func run(on model: inout Model, log: inout PassLog) throws(PassError) {
    let verifier = GraphVerifier.fitting(model)
    for graph in model.callOrder {
      try run(on: &model, graph, verifier, log: &log)
    }
  }

  private func run(
    on model: inout Model, _ graph: GraphID, _ verifier: GraphVerifier, log: inout PassLog
  ) throws(PassError) {
    let size = model.graphs[graph.index].nodes.count + model.graphs[graph.index].values.count
    var budget = max(64, workLimit / max(size, 1))
    var context = RewriteContext(model, graph)
    var refusals: [PassLog.Entry] = []
    var isChanged = true
    while isChanged && budget > 0 {
      isChanged = false
      refusals = []
      for rule in rules {
        var index = 0
        while index < context.graph.nodes.count {
          let node = NodeID(index)
          let entry = Self.entry(rule, node, context)
          switch Self.checked(rule.match(at: node, in: context), context.graph) {
          case .none: index += 1
          case .refused(let sentence):
            refusals.append(entry(sentence))
            index += 1
          case .found(let edit):
            guard budget > 0 else { return }
            budget -= 1
            isChanged = true
            let note = entry(edit.summary)
            log.edited(note.rule, note.place, note.sentence)
            model.apply(edit, to: graph)
            try verify(model, verifier, note)
            context = RewriteContext(model, graph)
            index = max(0, index - edit.removedNodes.count)
          }
        }
      }
    }
    for refusal in refusals { log.refused(refusal.rule, refusal.place, refusal.sentence) }
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
    let place = "\(graph)\(context.graph.title(of: node))"
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
