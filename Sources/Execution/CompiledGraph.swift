import GraphIR
import Operators

/// A graph made ready to run: its nodes' actions in execution order.
struct CompiledGraph: Sendable {
  let id: GraphID
  let steps: [CompiledStep]
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
    _ id: GraphID, of model: Model, order: [NodeID], resources: ResourceTable
  ) throws(ExecutionError) {
    let graph = model.graphs[id.index]
    var steps: [CompiledStep] = []
    for nodeID in order {
      let node = graph[nodeID]
      do throws(KernelError) {
        let action = try Self.action(for: node, in: graph, of: model, resources)
        steps.append(CompiledStep(node: nodeID, name: node.code.name, action: action))
      } catch {
        throw .node(graph: id, node: nodeID, name: node.code.name, reason: error)
      }
    }
    self.id = id
    self.steps = steps
  }

  private static func action(
    for node: Node, in graph: Graph, of model: Model, _ resources: ResourceTable
  ) throws(KernelError) -> CompiledStep.Action {
    try checkConstants(of: node, in: graph)
    if let action = try controlAction(for: node, CallSignature(node, in: graph, of: model), resources) {
      return action
    }
    guard let known = Registry.operator(for: node.code) else {
      throw .unsupported("nnopt has no kernel for it")
    }
    return .kernel(try known.makeKernel(NodeContext(node, in: graph)))
  }

  /// The action of an operator that calls graphs or uses variables; nil for all others.
  private static func controlAction(
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
      return .handle(resources.number(of: node.attributes) ?? 0)
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
    guard node.code.builtin != .densify else { return }
    for (position, input) in node.inputs.enumerated() {
      guard let input, graph[input].isConstant, !graph[input].isVariable else { continue }
      let value = graph[input]
      guard value.attachments.sparsity == nil, value.data.byteCount >= value.byteCount else {
        throw .unsupported("input \(position) is a sparse constant, which only DENSIFY takes")
      }
    }
  }
}
