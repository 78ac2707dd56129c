import GraphIR
import Operators
import Tensors

/// The memory of one session: arena, values of their own, scratch; and the operands of every node in it.
@safe
final class SessionMemory {
  private let base: UnsafeMutableRawPointer
  private let interpreter: Interpreter
  /// Operands by graph and position in the execution order.
  private(set) var arguments: [[KernelArguments]] = []
  /// Inputs and outputs by graph, without absent ones.
  private(set) var ports: [(inputs: [Port], outputs: [Port])] = []

  /// An input or output of a graph.
  struct Port {
    let memory: TensorMemory
    /// Whether the port is a constant, which keeps its data.
    let isStored: Bool
  }

  init(_ interpreter: Interpreter) {
    self.interpreter = interpreter
    unsafe base = .allocate(byteCount: max(interpreter.memoryByteCount, 1), alignment: Interpreter.alignment)
    unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: interpreter.memoryByteCount)
    let scratch = unsafe TensorMemory(
      base: base + interpreter.scratchOffset, byteCount: interpreter.scratchByteCount, elementType: .uint8)
    for (graph, states) in zip(interpreter.graphs, interpreter.states) {
      let source = interpreter.model.graphs[graph.id.index]
      arguments.append(
        zip(graph.steps, states).map { step, place in
          let node = source[step.node]
          let state = unsafe TensorMemory(
            base: base + place.lowerBound, byteCount: place.count, elementType: .uint8)
          return KernelArguments(
            inputs: node.inputs.map { $0.map { memory(of: $0, in: graph.id) } },
            outputs: node.outputs.map { memory(of: $0, in: graph.id) }, scratch: scratch, state: state)
        })
    }
    guard !interpreter.isOpen else { return }
    for (index, graph) in interpreter.model.graphs.enumerated() {
      func ports(_ ids: [ValueID?]) -> [Port] {
        ids.compactMap(\.self).map {
          Port(memory: memory(of: $0, in: GraphID(index)), isStored: graph[$0].isStored)
        }
      }
      self.ports.append((ports(graph.inputs), ports(graph.outputs)))
    }
  }

  deinit { unsafe base.deallocate() }

  /// The memory of a value.
  func memory(of id: ValueID, in graph: GraphID) -> TensorMemory {
    let value = interpreter.model.graphs[graph.index][id]
    guard let offset = interpreter.places[graph.index][id.index] else {
      return interpreter.constants.memory(of: value)
    }
    return unsafe TensorMemory(
      base: base + offset, byteCount: value.byteCount, elementType: value.elementType)
  }
}
