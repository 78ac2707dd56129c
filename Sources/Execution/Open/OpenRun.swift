import GraphIR
import Operators
import Tensors

/// One thread's run of a model whose tensors change their sizes while it runs, such as the list of results that grows
/// in a loop.
///
/// Converters lower lists of tensors to slices and concatenations whose sizes depend on the turn. LiteRT gives
/// every result the size that its operands ask for, operator by operator; this does too. Each tensor has memory of its
/// own, and a kernel is made anew where its operands' sizes, or their numbers where those are a shape, are others.
final class OpenRun {
  private let model: Model
  private let resources: ResourceTable
  private unowned let session: Session
  private var graphs: [OpenGraph]
  /// By graph and value; constants and variables stay, all else is written by each run.
  private var tensors: [[OpenTensor?]]
  private var byteCount = 0
  private var work: RunWork

  init(_ model: Model, _ session: Session) {
    self.model = model
    self.session = session
    work = RunWork(graphCount: model.graphs.count)
    resources = ResourceTable(model)
    graphs = model.graphs.map { OpenGraph($0) }
    tensors = model.graphs.map { $0.values.map { _ in nil } }
  }

  /// Forgets variables.
  func reset() {
    for (index, graph) in model.graphs.enumerated() {
      for (number, value) in graph.values.enumerated() where value.isVariable { tensors[index][number] = nil }
    }
  }

  /// Runs the main graph.
  ///
  /// - Returns: the outputs, and what the run took.
  func run(_ inputs: [[UInt8]]) throws(ExecutionError) -> (outputs: [OpenTensor], work: Int) {
    let main = model.graphs[0]
    work = RunWork(graphCount: model.graphs.count)
    let given = zip(main.inputs.compactMap(\.self), inputs).map { port, bytes in
      let tensor = OpenTensor(main[port])
      if !main[port].isStored { tensor.memory.elements(UInt8.self).assign(bytes) }
      return Optional(tensor)
    }
    let outputs = try run(GraphID(0), given)
    return (outputs.compactMap(\.self), work.total)
  }

  /// - Parameter inputs: one for each input of the graph that is there.
  private func run(_ id: GraphID, _ inputs: [OpenTensor?]) throws(ExecutionError) -> [OpenTensor?] {
    let graph = model.graphs[id.index]
    work.begin(id)
    for (port, tensor) in zip(graph.inputs.compactMap(\.self), inputs) where !graph[port].isStored {
      set(port, in: id, tensor)
    }
    for index in graph.nodes.indices {
      let node = NodeID(index)
      session.willRun?(id, node)
      do throws(KernelError) {
        try spend(256, in: id)
        if try runKernel(node, in: id) {
          session.didRun?(id, node, outputs(of: node, in: id).map(\.memory))
          continue
        }
      } catch {
        throw .node(graph: id, node: node, name: graph.nodes[index].code.name, reason: error)
      }
      try runControlFlow(node, in: id)
      session.didRun?(id, node, outputs(of: node, in: id).map(\.memory))
    }
    return graph.outputs.compactMap(\.self).map { tensor($0, in: id) }
  }

  private func outputs(of node: NodeID, in id: GraphID) -> [OpenTensor] {
    model.graphs[id.index][node].outputs.map { tensor($0, in: id) }
  }

  /// What a value holds; constants and variables are made when they are first asked for.
  private func tensor(_ value: ValueID, in id: GraphID) -> OpenTensor {
    if let known = tensors[id.index][value.index] { return known }
    let declared = model.graphs[id.index][value]
    let made = OpenTensor(declared)
    if declared.isVariable, declared.elementType == .int8 {
      made.memory.elements(UInt8.self)
        .fill(UInt8(truncatingIfNeeded: declared.quantization?.zeroPoints?.first ?? 0))
    }
    set(value, in: id, made)
    return made
  }

  private func set(_ value: ValueID, in id: GraphID, _ tensor: OpenTensor?) {
    byteCount -= tensors[id.index][value.index]?.memory.byteCount ?? 0
    byteCount += tensor?.memory.byteCount ?? 0
    tensors[id.index][value.index] = tensor
  }

  private func spend(_ amount: Int, in graph: GraphID) throws(KernelError) {
    work.spend(amount, in: graph)
    guard work.first <= RunWork.firstLimit, work.turns <= work.turnLimit else {
      throw .unsupported(
        "one run is too much work for nnopt: tensors have become too large, or loops and calls do not end")
    }
    guard byteCount <= NodeMemory.limit else {
      throw .unsupported(
        "the tensors have grown to \(byteCount) bytes; nnopt runs models whose tensors need at most \(NodeMemory.limit)"
      )
    }
  }
}

extension OpenRun {
  /// Runs a node that computes.
  ///
  /// - Returns: false for one that calls graphs.
  private func runKernel(_ id: NodeID, in graph: GraphID) throws(KernelError) -> Bool {
    let node = model.graphs[graph.index][id]
    let operands = node.inputs.map { $0.map { tensor($0, in: graph) } }
    switch node.code.builtin {
    case .while, .if, .call, .callOnce: return false
    case .varHandle, .readVariable, .assignVariable:
      try runResource(id, operands, in: graph)
      return true
    default: break
    }
    for _ in 0...node.outputs.count {
      let (prepared, work) = try graphs[graph.index].prepare(id, operands)
      try spend(work, in: graph)
      let results = zip(node.outputs, prepared.outputs).map { output, dimensions in
        let type = model.graphs[graph.index][output].elementType
        let count = dimensions.reduce(1) { $0.saturatingMultiply(Int($1)) }
        return OpenTensor(dimensions, type, byteCount: type.byteCount(elementCount: count) ?? 0)
      }
      let scratch = OpenTensor([], .uint8, byteCount: prepared.kernel.scratchByteCount)
      do throws(KernelError) {
        try prepared.kernel.run(
          KernelArguments(
            inputs: operands.map { $0?.memory }, outputs: results.map(\.memory), scratch: scratch.memory))
      } catch {
        guard case .wrongOutput(let position, let dimensions, _) = error,
          graphs[graph.index].resize(node, position, to: dimensions)
        else { throw error }
        continue
      }
      for (output, result) in zip(node.outputs, results) { set(output, in: graph, result) }
      return true
    }
    throw .unsupported("its results take no size that fits its operands")
  }

  private func runResource(_ id: NodeID, _ operands: [OpenTensor?], in graph: GraphID) throws(KernelError) {
    let source = model.graphs[graph.index]
    let node = source[id]
    let signature = CallSignature(node, in: source, of: model)
    guard let action = try CompiledGraph.controlAction(for: node, signature, resources) else { return }
    let results = node.outputs.map { OpenTensor(source[$0]) }
    let nothing = OpenTensor([], .uint8, byteCount: 0)
    _ = try session.runResource(
      action,
      KernelArguments(
        inputs: operands.map { $0?.memory }, outputs: results.map(\.memory), scratch: nothing.memory))
    for (output, result) in zip(node.outputs, results) { set(output, in: graph, result) }
  }

  /// Runs a node that calls graphs, of operands whose number `GraphVerifier` has checked.
  private func runControlFlow(_ id: NodeID, in graph: GraphID) throws(ExecutionError) {
    let node = model.graphs[graph.index][id]
    let called = node.calledGraphs
    var values = node.inputs.map { $0.map { tensor($0, in: graph) } }
    switch node.code.builtin {
    case .callOnce:
      if !session.hasFinished(id, in: graph) { _ = try run(called[0], []) }
      return session.finish(id, in: graph)
    case .if:
      let isTrue = try condition(values.first ?? nil, id, in: graph)
      values = try run(called[isTrue ? 0 : 1], Array(values.dropFirst()))
    case .while:
      while try condition(run(called[0], values).first ?? nil, id, in: graph) {
        values = try run(called[1], values)
      }
    default: values = try run(called[0], values)
    }
    for (output, value) in zip(node.outputs, values) { set(output, in: graph, value) }
  }

  private func condition(
    _ tensor: OpenTensor?, _ id: NodeID, in graph: GraphID
  ) throws(ExecutionError) -> Bool {
    guard let memory = tensor?.memory, memory.elementType == .bool, memory.byteCount == 1 else {
      throw .node(
        graph: graph, node: id, name: model.graphs[graph.index][id].code.name,
        reason: .unsupportedType("its condition is not one bool"))
    }
    return memory.elements(UInt8.self)[0] != 0
  }
}
