import GraphIR
import Operators

extension Session {
  /// Runs an action on resource variables.
  ///
  /// - Returns: false where the action is another.
  func runResource(_ action: CompiledStep.Action, _ arguments: KernelArguments) throws(KernelError) -> Bool {
    switch action {
    case .handle(let number):
      arguments.output(0, Int32.self)[0] = number
    case .readVariable:
      let number = Int(arguments.input(0, Int32.self)[0])
      guard resources.indices.contains(number), let bytes = resources[number] else {
        throw .invalidData("the variable is read before it is assigned")
      }
      let output = arguments.output(0, UInt8.self)
      guard output.count == bytes.count else {
        throw .invalidData("the variable holds \(bytes.count) bytes, the output \(output.count)")
      }
      output.assign(bytes)
    case .assignVariable:
      let number = Int(arguments.input(0, Int32.self)[0])
      guard resources.indices.contains(number) else {
        throw .invalidData("input 0 is no handle of a variable")
      }
      let source = arguments.input(1, UInt8.self)
      if let old = resources[number], old.count != source.count {
        throw .invalidData("the variable holds \(old.count) bytes, the value has \(source.count)")
      }
      resources[number] = source.array()
    default: return false
    }
    return true
  }

  /// Runs an operator that calls graphs; the operands' number and sizes have been checked.
  func runControlFlow(_ step: CompiledStep, in graph: GraphID) throws(ExecutionError) {
    let node = interpreter.model.graphs[graph.index][step.node]
    let inputs = node.inputs.compactMap(\.self)
    switch step.action {
    case .callOnce(let called):
      if !hasFinished(step.node, in: graph) { try runCalled(called) }
      finish(step.node, in: graph)
    case .call(let called):
      try run(called, with: inputs[...], into: node.outputs, of: graph)
    case .branch(let then, let otherwise):
      let isTrue = bytes(of: inputs[0], in: graph)[0] != 0
      try run(isTrue ? then : otherwise, with: inputs.dropFirst(), into: node.outputs, of: graph)
    case .loop(let condition, let body):
      copy(inputs[...], of: graph, to: node.outputs, of: graph)
      while try isTrue(condition, given: node.outputs, of: graph) {
        try run(body, with: node.outputs[...], into: node.outputs, of: graph)
      }
    default: break
    }
  }

  /// Runs a graph with values of the caller, and gives its results to others.
  private func run(
    _ called: GraphID, with inputs: ArraySlice<ValueID>, into outputs: [ValueID], of graph: GraphID
  ) throws(ExecutionError) {
    let ports = ports(of: called)
    copy(inputs, of: graph, to: ports.inputs, of: called)
    try runCalled(called)
    copy(ports.outputs[...], of: called, to: outputs, of: graph)
  }

  private func isTrue(
    _ condition: GraphID, given values: [ValueID], of graph: GraphID
  ) throws(ExecutionError) -> Bool {
    let ports = ports(of: condition)
    copy(values[...], of: graph, to: ports.inputs, of: condition)
    try runCalled(condition)
    return ports.outputs.first.map { bytes(of: $0, in: condition)[0] != 0 } ?? false
  }

  private func ports(of graph: GraphID) -> (inputs: [ValueID], outputs: [ValueID]) {
    let source = interpreter.model.graphs[graph.index]
    return (source.inputs.compactMap(\.self), source.outputs.compactMap(\.self))
  }

  private func bytes(of value: ValueID, in graph: GraphID) -> TensorBuffer<UInt8> {
    memory.memory(of: value, in: graph).elements(UInt8.self)
  }

  /// Copies values from graph to graph by position, all read before any is written; constants keep their data.
  private func copy(
    _ sources: ArraySlice<ValueID>, of graph: GraphID, to targets: [ValueID], of called: GraphID
  ) {
    let contents = sources.map { bytes(of: $0, in: graph).array() }
    let graph = interpreter.model.graphs[called.index]
    for (content, target) in zip(contents, targets) where !graph[target].isStored {
      let buffer = bytes(of: target, in: called)
      if content.count == buffer.count {
        buffer.assign(content)
      } else {
        for index in 0..<min(content.count, buffer.count) { buffer[index] = content[index] }
      }
    }
  }
}
