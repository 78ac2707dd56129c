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
  func runControlFlow(
    _ step: CompiledStep, _ arguments: KernelArguments, in graph: GraphID
  ) throws(ExecutionError) {
    let (inputs, outputs) = (arguments.inputs, arguments.outputs)
    switch step.action {
    case .callOnce(let called):
      if !hasFinished(step.node, in: graph) { try runCalled(called, by: step, in: graph) }
      finish(step.node, in: graph)
    case .call(let called):
      try run(called, with: inputs[...], into: outputs, by: step, of: graph)
    case .branch(let then, let otherwise):
      let isTrue = arguments.input(0, UInt8.self)[0] != 0
      try run(isTrue ? then : otherwise, with: inputs.dropFirst(), into: outputs, by: step, of: graph)
    case .loop(let condition, let body):
      let values = outputs.map(Optional.some)
      copy(inputs, to: values)
      while try isTrue(condition, given: values, by: step, of: graph) {
        try run(body, with: values, into: outputs, by: step, of: graph)
      }
    default: break
    }
  }

  /// Runs a graph with values of the caller, and gives its results to others.
  private func run(
    _ called: GraphID, with inputs: some Collection<TensorMemory?>, into outputs: [TensorMemory],
    by step: CompiledStep, of graph: GraphID
  ) throws(ExecutionError) {
    give(inputs, to: called)
    try runCalled(called, by: step, in: graph)
    copy(
      memory.ports[called.index].outputs.lazy.map { Optional($0.memory) }, to: outputs.lazy.map(Optional.some)
    )
  }

  private func isTrue(
    _ condition: GraphID, given values: [TensorMemory?], by step: CompiledStep, of graph: GraphID
  ) throws(ExecutionError) -> Bool {
    give(values, to: condition)
    try runCalled(condition, by: step, in: graph)
    return memory.ports[condition.index].outputs.first.map { $0.memory.elements(UInt8.self)[0] != 0 } ?? false
  }

  private func give(_ values: some Collection<TensorMemory?>, to called: GraphID) {
    copy(values, to: memory.ports[called.index].inputs.lazy.map { $0.isStored ? nil : $0.memory })
  }

  /// Copies values by position, all read before any is written; nothing to places that keep their data.
  private func copy(
    _ sources: some Collection<TensorMemory?>, to targets: some Collection<TensorMemory?>
  ) {
    staging.removeAll(keepingCapacity: true)
    for case let source? in sources { source.elements(UInt8.self).append(to: &staging) }
    var start = 0
    for (source, target) in zip(sources, targets) {
      let count = source?.byteCount ?? 0
      if let target {
        target.elements(UInt8.self).assign(staging, start..<start + min(count, target.byteCount))
      }
      start += count
    }
  }
}
