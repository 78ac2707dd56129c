package import GraphIR
package import Operators
import Tensors

/// One thread's run of a model: memory, and state that lasts from run to run until `reset`.
package final class Session {
  package let interpreter: Interpreter
  /// Called before every node that runs, those of called graphs included.
  package var willRun: ((GraphID, NodeID) -> Void)?
  /// Called behind every node that has run, with its outputs, whose memory later nodes may reuse.
  package var didRun: ((GraphID, NodeID, [TensorMemory]) -> Void)?
  let memory: SessionMemory
  /// Contents of resource variables by number; nil before the first assignment.
  var resources: [[UInt8]?] = []
  /// What the current run has taken.
  private var work: RunWork
  /// What turns may take in one run, where no tensor changes its size.
  var turnLimit: Int
  /// What the last run that came to its end took, in units of `NodeWork`.
  package private(set) var workSpent = 0
  /// Whether a kernel has ended the current run.
  private var hasEnded = false
  /// Bytes on their way between graphs.
  var staging: [UInt8] = []
  /// Runs models whose tensors change their sizes.
  private lazy var open = OpenRun(interpreter.model, self)
  /// Nodes of CALL_ONCE that have run, by graph.
  private var finishedOnce: [GraphID: Set<NodeID>] = [:]

  package init(_ interpreter: Interpreter) {
    self.interpreter = interpreter
    work = RunWork(graphCount: interpreter.graphs.count, first: interpreter.work)
    turnLimit = work.turnLimit
    memory = SessionMemory(interpreter)
    reset()
  }

  /// Forgets all state, as a new session: variables hold zeros (int8 ones their zero points), resources
  /// what they hold before the first assignment, kernels what they start with, and CALL_ONCE runs again.
  package func reset() {
    resources = interpreter.resources.contents.map { content in
      content.map { [UInt8](repeating: $0.byte, count: $0.byteCount) }
    }
    finishedOnce = [:]
    guard !interpreter.isOpen else { return open.reset() }
    resetVariables()
    for (graph, arguments) in zip(interpreter.graphs, memory.arguments) {
      for (step, arguments) in zip(graph.steps, arguments) where arguments.state.byteCount > 0 {
        if case .kernel(let kernel) = step.action { kernel.reset(arguments.state) }
      }
    }
  }

  /// Runs the model once. An input for which the file stores data keeps those, as all passes take it.
  ///
  /// - Parameter inputs: the bytes of the main graph's inputs, in its order.
  /// - Returns: the bytes of its outputs.
  /// - Throws: `ExecutionError` where an input has the wrong size, an operator fails, or loops and calls do not end.
  package func run(_ inputs: [[UInt8]]) throws(ExecutionError) -> [[UInt8]] {
    let main = interpreter.model.graphs[0]
    let ports = main.inputs.compactMap(\.self)
    guard ports.count == inputs.count else {
      throw .invalidInput("the model has \(ports.count) inputs, got \(inputs.count)")
    }
    for (port, bytes) in zip(ports, inputs) where !main[port].isStored && main[port].byteCount != bytes.count
    {
      throw .invalidInput(
        "input '\(main[port].name ?? "")' takes \(main[port].byteCount) bytes, got \(bytes.count)")
    }
    guard !interpreter.isOpen else {
      let (outputs, work) = try runOpen(inputs)
      workSpent = work
      return outputs.map(\.bytes)
    }
    for (port, bytes) in zip(ports, inputs) where !main[port].isStored {
      memory.memory(of: port, in: GraphID(0)).elements(UInt8.self).assign(bytes)
    }
    work = RunWork(graphCount: interpreter.graphs.count, first: interpreter.work)
    hasEnded = false
    try run(GraphID(0))
    workSpent = work.total
    return main.outputs.compactMap(\.self).map { port in
      memory.memory(of: port, in: GraphID(0)).elements(UInt8.self).array()
    }
  }

  /// Runs a model whose tensors change their sizes.
  ///
  /// - Returns: its outputs, and what the run took.
  func runOpen(_ inputs: [[UInt8]]) throws(ExecutionError) -> (outputs: [OpenTensor], work: Int) {
    try open.run(inputs)
  }

  /// Runs a graph that an operator calls, whose inputs stand in memory.
  func runCalled(_ graph: GraphID, by step: CompiledStep, in caller: GraphID) throws(ExecutionError) {
    if work.begin(graph) {
      work.spend(interpreter.graphs[graph.index].work, in: graph)
      guard work.turns <= turnLimit else {
        throw .node(
          graph: caller, node: step.node, name: step.name,
          reason: .unsupported(
            "loops and calls do not end within \(turnLimit) steps of one run; nnopt takes them for endless"))
      }
    }
    try run(graph)
  }

  private func run(_ graph: GraphID) throws(ExecutionError) {
    let steps = interpreter.graphs[graph.index].steps
    for position in steps.indices where !hasEnded {
      let step = steps[position]
      let arguments = memory.arguments[graph.index][position]
      willRun?(graph, step.node)
      try run(step, arguments, in: graph)
      didRun?(graph, step.node, arguments.outputs)
    }
  }

  private func run(
    _ step: CompiledStep, _ arguments: KernelArguments, in graph: GraphID
  ) throws(ExecutionError) {
    do throws(KernelError) {
      if case .kernel(let kernel) = step.action {
        try kernel.run(arguments)
        if arguments.state.byteCount > 0, kernel.endsRun(arguments.state) { hasEnded = true }
        return
      }
      if try runResource(step.action, arguments) { return }
    } catch {
      throw .node(graph: graph, node: step.node, name: step.name, reason: error)
    }
    try runControlFlow(step, arguments, in: graph)
  }

  /// Whether a CALL_ONCE has run since the last reset.
  func hasFinished(_ node: NodeID, in graph: GraphID) -> Bool {
    finishedOnce[graph]?.contains(node) ?? false
  }

  func finish(_ node: NodeID, in graph: GraphID) {
    finishedOnce[graph, default: []].insert(node)
  }

  private func resetVariables() {
    for (index, graph) in interpreter.model.graphs.enumerated() {
      for (number, value) in graph.values.enumerated() where value.isVariable {
        let zeroPoint = value.elementType == .int8 ? value.quantization?.zeroPoints?.first ?? 0 : 0
        let elements = memory.memory(of: ValueID(number), in: GraphID(index)).elements(UInt8.self)
        elements.fill(UInt8(truncatingIfNeeded: zeroPoint))
      }
    }
  }
}
