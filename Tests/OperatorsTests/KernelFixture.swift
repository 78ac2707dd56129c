import GraphIR
import Operators
import Tensors

/// One node with its operands, to see what its kernel refuses and gives.
struct KernelFixture {
  /// An operand or a result.
  struct Operand {
    var dimensions: [Int32]
    var type: ElementType
    var data = TensorData.none
    var quantization: Quantization?
    var sparsity: Record?
    var isVariable = false

    static func tensor(_ dimensions: [Int32], _ type: ElementType = .float32) -> Operand {
      Operand(dimensions: dimensions, type: type)
    }

    /// A constant list of int32, or a matrix where dimensions are given.
    static func integers(_ integers: [Int32], _ dimensions: [Int32]? = nil) -> Operand {
      let bytes = integers.flatMap { integer in (0..<4).map { UInt8(truncatingIfNeeded: integer >> ($0 * 8)) }
      }
      return Operand(
        dimensions: dimensions ?? [Int32(integers.count)], type: .int32, data: TensorData(bytes))
    }

    func quantized(_ scale: Float, _ zeroPoint: Int64 = 0) -> Operand {
      var copy = self
      copy.quantization = Quantization(scales: [scale], zeroPoints: [zeroPoint])
      return copy
    }
  }

  private let type: any Operator.Type
  private let graph: Graph

  init(
    _ type: any Operator.Type, _ inputs: [Operand], _ outputs: [Operand],
    _ options: [(name: String, value: Int64)] = [], customOptions: [UInt8]? = nil
  ) {
    let values = (inputs + outputs).map { operand in
      var value = Value(
        name: nil, dimensions: operand.dimensions, elementType: operand.type,
        quantization: operand.quantization, data: operand.data, isVariable: operand.isVariable)
      value.attachments.sparsity = operand.sparsity
      return value
    }
    let fields = options.map { Record.Field(name: $0.name, value: .integer($0.value)) }
    var node = Node(
      code: OperatorCode(type.builtin, customName: type.customName),
      inputs: inputs.indices.map { ValueID($0) },
      outputs: outputs.indices.map { ValueID(inputs.count + $0) },
      options: Node.Options(code: 0, record: Record("Options", fields)))
    node.customOptions = customOptions.map { Node.CustomOptions(bytes: $0) }
    self.type = type
    graph = Graph(nodes: [node], values: values, inputs: [], outputs: [])
  }

  /// Why the kernel cannot be made, or nil where it can.
  var refusal: KernelError? {
    do throws(KernelError) {
      _ = try type.makeKernel(NodeContext(graph.nodes[0], in: graph))
      return nil
    } catch {
      return error
    }
  }

  /// The kernel of the node.
  func kernel() throws(KernelError) -> any Kernel {
    try type.makeKernel(NodeContext(graph.nodes[0], in: graph))
  }

  /// The bytes of the results.
  ///
  /// - Parameter inputs: bytes of the operands that are not constant, in order.
  func run(_ inputs: [UInt8]...) throws(KernelError) -> [[UInt8]] { try run(kernel(), nil, inputs) }

  /// The bytes of the results of one run after the other, each with one operand, of a kernel that keeps state.
  func runs(_ inputs: [[UInt8]]) throws(KernelError) -> [[[UInt8]]] {
    let kernel = try kernel()
    let state = Memory([UInt8](repeating: 0xAA, count: kernel.stateByteCount), .uint8)
    kernel.reset(state.memory)
    var results: [[[UInt8]]] = []
    for input in inputs { results.append(try run(kernel, state, [input])) }
    return results
  }

  private func run(
    _ kernel: any Kernel, _ state: Memory?, _ inputs: [[UInt8]]
  ) throws(KernelError) -> [[UInt8]] {
    let node = graph.nodes[0]
    var rest = inputs[...]
    let sources = node.inputs.map { id -> Memory? in
      guard let value = id.map({ graph[$0] }) else { return nil }
      let bytes = value.isConstant ? Array(value.data.bytes) : rest.popFirst() ?? []
      return Memory(bytes, value.elementType)
    }
    let targets = node.outputs.map { id in
      Memory([UInt8](repeating: 0xAA, count: graph[id].byteCount), graph[id].elementType)
    }
    let scratch = Memory([UInt8](repeating: 0xAA, count: kernel.scratchByteCount), .uint8)
    let arguments = KernelArguments(
      inputs: sources.map { $0?.memory }, outputs: targets.map(\.memory), scratch: scratch.memory,
      state: state?.memory)
    return try withExtendedLifetime((sources, targets, scratch, state)) { () throws(KernelError) in
      try kernel.run(arguments)
      return targets.map(\.bytes)
    }
  }
}

/// Memory of one operand, which lives as long as this object: whoever uses `memory` keeps the object alive.
@safe
final class Memory {
  private let base: UnsafeMutableRawPointer
  let memory: TensorMemory

  init(_ bytes: [UInt8], _ type: ElementType) {
    unsafe base = .allocate(byteCount: max(bytes.count, 1), alignment: 64)
    memory = unsafe TensorMemory(base: base, byteCount: bytes.count, elementType: type)
    let elements = memory.elements(UInt8.self)
    for (index, byte) in bytes.enumerated() { elements[index] = byte }
  }

  deinit { unsafe base.deallocate() }

  var bytes: [UInt8] {
    withExtendedLifetime(self) {
      let elements = memory.elements(UInt8.self)
      return elements.indices.map { elements[$0] }
    }
  }
}
