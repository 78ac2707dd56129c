import GraphIR
import Operators
import Tensors

/// A graph whose tensors have the sizes that the run so far has given them, and what its kernels were made for.
struct OpenGraph {
  private(set) var graph: Graph
  private var prepared: [Prepared?]

  /// A kernel, and the operands that it was made for.
  struct Prepared {
    let key: [Key]
    let kernel: any Kernel
    let outputs: [[Int32]]
    let work: Int
  }

  /// An operand's dimensions, and its integers where those may be a shape.
  struct Key: Equatable {
    let dimensions: [Int32]
    let integers: [UInt8]
  }

  init(_ graph: Graph) {
    self.graph = graph
    prepared = graph.nodes.map { _ in nil }
  }

  /// Bytes of an operand beyond which it is no shape.
  private static let shapeLimit = 1 << 12

  /// What making a kernel takes, in units of `NodeWork`: the graph is written anew for it.
  private var workOfMaking: Int { 1 << 13 + 32 * (graph.nodes.count + graph.values.count) }

  /// The kernel of a node for operands as they are now, and what making and running it take.
  ///
  /// - Throws: `KernelError` where no kernel takes them, or a result would be larger than any session.
  mutating func prepare(_ id: NodeID, _ operands: [OpenTensor?]) throws(KernelError) -> (
    Prepared, work: Int
  ) {
    let node = graph[id]
    let key = operands.map { tensor in
      guard let tensor else { return Key(dimensions: [], integers: []) }
      return Key(dimensions: tensor.dimensions, integers: Self.isShape(tensor.memory) ? tensor.bytes : [])
    }
    if let known = prepared[id.index], known.key == key { return (known, known.work) }
    guard let known = Registry.operator(for: node.code) else {
      throw .unsupported("nnopt has no kernel for it")
    }
    settle(node, operands)
    for _ in 0...node.outputs.count {
      do throws(KernelError) {
        try NodeMemory.check(node, in: graph)
        let kernel = try known.makeKernel(NodeContext(node, in: graph, resizesOutputs: true))
        guard kernel.stateByteCount == 0 else {
          throw .unsupported("it keeps samples from run to run, in a model whose tensors change their sizes")
        }
        let made = Prepared(
          key: key, kernel: kernel, outputs: node.outputs.map { graph[$0].dimensions ?? [] },
          work: NodeWork.of(node, in: graph))
        prepared[id.index] = made
        return (made, made.work.saturatingAdd(workOfMaking))
      } catch {
        guard case .wrongOutput(let position, let dimensions, _) = error,
          resize(node, position, to: dimensions)
        else { throw error }
      }
    }
    throw .unsupported("its results take no size that fits its operands")
  }

  /// Gives a result another size.
  ///
  /// - Returns: false where that is no size.
  mutating func resize(_ node: Node, _ position: Int, to dimensions: [Int]) -> Bool {
    let sizes = dimensions.compactMap { Int32(exactly: $0) }
    guard node.outputs.indices.contains(position), sizes.count == dimensions.count,
      !graph[node.outputs[position]].isVariable
    else { return false }
    var edit = GraphEdit(of: graph)
    edit[node.outputs[position]].dimensions = sizes
    graph.apply(edit)
    return true
  }

  /// Writes down what operands are now: sizes, and numbers where those may be a shape.
  private mutating func settle(_ node: Node, _ operands: [OpenTensor?]) {
    var edit = GraphEdit(of: graph)
    for (value, tensor) in zip(node.inputs, operands) {
      guard let value, let tensor, !graph[value].isVariable else { continue }
      edit[value].dimensions = tensor.dimensions
      if Self.isShape(tensor.memory) { edit[value].data = TensorData(tensor.bytes) }
    }
    graph.apply(edit)
  }

  private static func isShape(_ memory: TensorMemory) -> Bool {
    (memory.elementType == .int32 || memory.elementType == .int64) && memory.byteCount <= shapeLimit
  }
}
