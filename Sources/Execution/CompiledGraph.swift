import GraphIR
import Operators
import Tensors

/// A graph made ready to run: its nodes' actions in execution order.
struct CompiledGraph: Sendable {
  let id: GraphID
  let steps: [CompiledStep]
  /// What one run of it takes, without the graphs that it calls; see `NodeWork`.
  let work: Int
}

/// One node in execution order.
struct CompiledStep: Sendable {
  let node: NodeID
  let name: String
  let action: Action

  enum Action: Sendable {
    case kernel(any Kernel)
    /// Runs one of two graphs by the first operand.
    case branch(then: GraphID, otherwise: GraphID)
    /// Runs the body while the condition gives true.
    case loop(condition: GraphID, body: GraphID)
    /// Runs a graph.
    case call(GraphID)
    /// Runs a graph in the node's first invocation only.
    case callOnce(GraphID)
    /// Writes the number of a resource.
    case handle(Int32)
    case readVariable
    case assignVariable
  }
}

extension CompiledGraph {
  /// - Throws: `ExecutionError.node` for the first node that cannot run.
  init(
    _ id: GraphID, of model: Model, order: [NodeID], offsets: [Int?], resources: ResourceTable
  ) throws(ExecutionError) {
    let graph = model.graphs[id.index]
    var steps: [CompiledStep] = []
    var work = NodeWork.ofCall(graph)
    for nodeID in order {
      let node = graph[nodeID]
      do throws(KernelError) {
        let context = NodeContext(
          node, in: graph, keepsElementOrder: Self.overlapsInput(node, in: graph, at: offsets))
        let action = try Self.action(for: context, of: model, resources)
        steps.append(CompiledStep(node: nodeID, name: node.code.name, action: action))
        work = work.saturatingAdd(NodeWork.of(node, in: graph))
      } catch {
        throw .node(graph: id, node: nodeID, name: node.code.name, reason: error)
      }
    }
    self.id = id
    self.steps = steps
    self.work = work
  }

  private static func action(
    for context: NodeContext, of model: Model, _ resources: ResourceTable
  ) throws(KernelError) -> CompiledStep.Action {
    let (node, graph) = (context.node, context.graph)
    try checkConstants(of: node, in: graph)
    if let action = try controlAction(for: node, CallSignature(node, in: graph, of: model), resources) {
      return action
    }
    guard let known = Registry.operator(for: node.code) else {
      throw .unsupported(
        node.code.isEthosU
          ? "its command stream runs on an Ethos-U only, which nnopt does not imitate"
          : "nnopt has no kernel for it")
    }
    try NodeMemory.check(node, in: graph)
    return .kernel(try known.makeKernel(context))
  }

  /// Whether an output shares bytes with an input of the same node.
  private static func overlapsInput(_ node: Node, in graph: Graph, at offsets: [Int?]) -> Bool {
    node.outputs.contains { output in
      guard let start = offsets[output.index] else { return false }
      let end = start + graph[output].byteCount
      return node.inputs.contains { input in
        guard let input, let other = offsets[input.index] else { return false }
        return other < end && start < other + graph[input].byteCount
      }
    }
  }

  /// The action of an operator that calls graphs or uses variables; nil for all others.
  static func controlAction(
    for node: Node, _ operands: CallSignature, _ resources: ResourceTable
  ) throws(KernelError) -> CompiledStep.Action? {
    let called = node.calledGraphs
    switch node.code.builtin {
    case .`if`:
      try operands.checkCondition()
      for branch in called { try operands.checkCall(of: branch, dropping: 1) }
      return .branch(then: called[0], otherwise: called[1])
    case .`while`:
      try operands.checkCall(of: called[1])
      try operands.checkLoop(condition: called[0])
      return .loop(condition: called[0], body: called[1])
    case .call:
      try operands.checkCall(of: called[0])
      return .call(called[0])
    case .callOnce:
      try operands.checkCallOnce(of: called[0])
      return .callOnce(called[0])
    case .varHandle:
      try operands.checkHandle(operands.outputs.first ?? nil, "output 0")
      return .handle(Int32(resources.variables.variable(of: node) ?? 0))
    case .readVariable:
      try operands.checkVariable(operands: 1)
      return .readVariable
    case .assignVariable:
      try operands.checkVariable(operands: 2)
      return .assignVariable
    default: return nil
    }
  }

  /// Sparse constants hold fewer bytes than their shapes say; only DENSIFY reads them.
  private static func checkConstants(of node: Node, in graph: Graph) throws(KernelError) {
    if let output = node.outputs.first(where: { graph[$0].isStored }) {
      throw .unsupported("it writes \(graph.title(of: output)), a constant")
    }
    guard node.code.builtin != .densify else { return }
    for (position, input) in node.inputs.enumerated() {
      guard let input, graph[input].isStored else { continue }
      let value = graph[input]
      guard value.attachments.sparsity == nil, value.data.byteCount >= value.byteCount else {
        throw .unsupported("input \(position) is a sparse constant, which only DENSIFY takes")
      }
    }
  }
}
