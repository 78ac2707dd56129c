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
  /// Aligned copies of constants that stand at odd addresses in the file's bytes.
  private var copies: [UnsafeMutableRawPointer] = unsafe []

  init(_ interpreter: Interpreter) {
    self.interpreter = interpreter
    unsafe base = .allocate(byteCount: max(interpreter.memoryByteCount, 1), alignment: Interpreter.alignment)
    unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: interpreter.memoryByteCount)
    let scratch = unsafe TensorMemory(
      base: base + interpreter.scratchOffset, byteCount: interpreter.scratchByteCount, elementType: .uint8)
    for graph in interpreter.graphs {
      let source = interpreter.model.graphs[graph.id.index]
      arguments.append(
        graph.steps.map { step in
          let node = source[step.node]
          return KernelArguments(
            inputs: node.inputs.map { $0.map { memory(of: $0, in: graph.id) } },
            outputs: node.outputs.map { memory(of: $0, in: graph.id) }, scratch: scratch)
        })
    }
  }

  deinit {
    unsafe base.deallocate()
    while let copy = unsafe copies.popLast() { unsafe copy.deallocate() }
  }

  /// The memory of a value.
  func memory(of id: ValueID, in graph: GraphID) -> TensorMemory {
    let value = interpreter.model.graphs[graph.index][id]
    guard let offset = interpreter.places[graph.index][id.index] else { return constant(value) }
    return unsafe TensorMemory(
      base: base + offset, byteCount: value.byteCount, elementType: value.elementType)
  }

  /// A constant's bytes where the model keeps them.
  ///
  /// The bytes of a `TensorData` never change, and the interpreter keeps the model, so that they stay in
  /// place as long as this memory does.
  private func constant(_ value: Value) -> TensorMemory {
    let bytes = value.data.bytes
    let address = unsafe bytes.withUnsafeBytes { $0.baseAddress }
    if let address = unsafe address, Int(bitPattern: address) % 8 == 0 {
      return unsafe TensorMemory(
        base: UnsafeMutableRawPointer(mutating: address), byteCount: bytes.count,
        elementType: value.elementType)
    }
    let copy = UnsafeMutableRawPointer.allocate(
      byteCount: max(bytes.count, 1), alignment: Interpreter.alignment)
    unsafe bytes.withUnsafeBytes { source in
      if let start = source.baseAddress { unsafe copy.copyMemory(from: start, byteCount: source.count) }
    }
    unsafe copies.append(copy)
    return unsafe TensorMemory(base: copy, byteCount: bytes.count, elementType: value.elementType)
  }
}
