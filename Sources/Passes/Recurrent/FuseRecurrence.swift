package import GraphIR

/// Recurrent layers that converters have written as loops or step by step, as the operators that runtimes have for
/// them.
///
/// In front of quantization: of a loop's cell nothing but one operator has integer kernels that keep 16 bits of its state.
/// What has been fused keeps its state from run to run; the log says so.
package struct FuseRecurrence: Pass {
  package static let name = "fuse-recurrence"

  package init() {}

  package func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    let before = log.edits.count
    for id in model.callOrder.reversed() { fuseLoops(&model, id, &log) }
    for id in model.callOrder { fuseSteps(&model, id, &log) }
    guard log.edits.count > before else { return }
    try Rewriter([RemoveDeadOperators()], pass: Self.name).run(on: &model, log: &log)
    _ = model.removeUnused()
  }

  /// What a user has to do now, which logs say beside refusals, where it is read.
  private static let note =
    "the UNIDIRECTIONAL_SEQUENCE_LSTM in its place keeps its state from run to run: reset the interpreter's variables "
    + "before each sequence"

  private func fuseLoops(_ model: inout Model, _ id: GraphID, _ log: inout PassLog) {
    var index = 0
    while index < model.graphs[id.index].nodes.count {
      let node = NodeID(index)
      index += 1
      let graph = model.graphs[id.index]
      guard graph[node].code.builtin == .while else { continue }
      do throws(Refusal) {
        let edit = try FuseLoopedLSTM.edit(model, RewriteContext(model, id), node)
        log.edited(FuseLoopedLSTM.name, graph.title(of: node), edit.summary)
        log.refused(FuseLoopedLSTM.name, graph.title(of: node), Self.note)
        model.apply(edit, to: id)
      } catch {
        guard let sentence = error.sentence else { continue }
        log.refused(FuseLoopedLSTM.name, graph.title(of: node), sentence)
      }
    }
  }

  private func fuseSteps(_ model: inout Model, _ id: GraphID, _ log: inout PassLog) {
    var refused: Set<ValueID> = []
    while true {
      let context = RewriteContext(model, id)
      let chains = FuseUnrolledLSTM.chains(context)
      guard let chain = chains.first(where: { !refused.contains($0[0].hidden) }),
        let first = context.producer(of: chain[0].hidden)
      else { return }
      refused.insert(chain[0].hidden)
      do throws(Refusal) {
        let edit = try FuseUnrolledLSTM.edit(chain, context)
        var edited = model
        edited.apply(edit, to: id)
        guard let order = Self.order(of: edited, id) else { throw Refusal("no order of operators fits it") }
        var ordering = GraphEdit(of: edited.graphs[id.index])
        ordering.reorder(order)
        edited.apply(ordering, to: id)
        log.edited(FuseUnrolledLSTM.name, context.label(first), edit.summary)
        log.refused(FuseUnrolledLSTM.name, context.label(first), Self.note)
        model = edited
      } catch {
        guard let sentence = error.sentence else { continue }
        log.refused(FuseUnrolledLSTM.name, context.label(first), sentence)
      }
    }
  }

  /// The order nearest to the graph's in which everything is written before it is read; nil where there is none.
  private static func order(of model: Model, _ id: GraphID) -> [NodeID]? {
    let graph = model.graphs[id.index]
    let dependencies = GraphDependencies(graph, effects: EffectAnalysis(model).effects[id.index])
    var before = graph.nodes.map { node in
      node.inputs.compactMap { $0.flatMap { dependencies.producers[$0.index]?.index } }
    }
    for pair in dependencies.orderings { before[pair.after.index].append(pair.before.index) }
    var isDone = [Bool](repeating: false, count: graph.nodes.count)
    var isOpen = isDone
    var order: [NodeID] = []
    for start in graph.nodes.indices where !isDone[start] {
      var stack: [(node: Int, isExit: Bool)] = [(start, false)]
      while let (node, isExit) = stack.popLast() {
        if isExit {
          isDone[node] = true
          order.append(NodeID(node))
          continue
        }
        if isDone[node] { continue }
        if isOpen[node] { return nil }
        isOpen[node] = true
        stack.append((node, true))
        for other in before[node].reversed() where !isDone[other] { stack.append((other, false)) }
      }
    }
    return order
  }
}
