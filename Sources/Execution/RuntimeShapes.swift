package import GraphIR
import Operators
import Tensors

/// The shapes that tensors have while LiteRT runs a model, where the file declares others.
///
/// LiteRT prepares every operator in order, and each gives its results the shape that operands and options ask for;
/// SHAPE of a tensor is then a constant, and what is computed of it may be another operator's shape. Converters write
/// what they knew instead, such as another batch behind such arithmetic. TFLM takes the declared shapes.
package struct RuntimeShapes {
  /// The graph so far: shapes settled, and integers that are known before the model runs stored as constants.
  private var graph: Graph
  private var changed: [ValueID: [Int32]] = [:]
  /// Values whose size only the run tells: what loops and branches give, pieces of computed sizes, and what follows from
  /// those. The file's word stands for them.
  private var open: Set<ValueID> = []

  /// - Parameter isCalled: whether another graph gives the inputs.
  private init(_ graph: Graph, isCalled: Bool) {
    self.graph = graph
    if isCalled { open = Set(graph.inputs.compactMap(\.self).filter { graph[$0].isOpen }) }
  }

  /// The model with the shapes that it runs with.
  ///
  /// - Returns: nil where the declared ones are those.
  package static func settled(_ model: Model) -> Model? {
    var edit = ModelEdit(of: model)
    var isSettled = true
    for (index, graph) in model.graphs.enumerated() {
      for (value, dimensions) in changes(in: graph, isCalled: index > 0) {
        isSettled = false
        edit.graphs[index][value].dimensions = dimensions
        if !(graph[value].shapeSignature.map { isOpenForm($0, of: dimensions) } ?? true) {
          edit.graphs[index][value].shapeSignature = nil
        }
      }
    }
    guard !isSettled else { return nil }
    var settled = model
    settled.apply(edit)
    return settled
  }

  /// Whether a file has what may make shapes other than declared without any kernel noticing it.
  static func areComputed(in model: Model) -> Bool {
    model.graphs.contains { graph in
      graph.nodes.contains { node in
        switch node.code.builtin {
        case .shape, .rank: true
        case .reshape: asksForAnother(node, in: graph)
        default: false
        }
      }
    }
  }

  /// Whether a RESHAPE asks for another shape than its result declares.
  private static func asksForAnother(_ node: Node, in graph: Graph) -> Bool {
    do throws(KernelError) {
      _ = try Reshape.makeKernel(NodeContext(node, in: graph, resizesOutputs: true))
      return false
    } catch {
      if case .wrongOutput = error { return true }
      return false
    }
  }

  private static func isOpenForm(_ signature: [Int32], of dimensions: [Int32]) -> Bool {
    signature.count == dimensions.count && zip(signature, dimensions).allSatisfy { $0 < 0 || $0 == $1 }
  }

  private static func changes(in graph: Graph, isCalled: Bool) -> [ValueID: [Int32]] {
    var shapes = RuntimeShapes(graph, isCalled: isCalled)
    for node in graph.nodes { shapes.settle(node) }
    return shapes.changed.filter { graph[$0.key].dimensions ?? [] != $0.value }
  }

  /// Gives a node's results their shapes, and the numbers that are known now.
  private mutating func settle(_ node: Node) {
    let cutsPieces = node.code.builtin == .slice && node.inputs.last?.map { !graph[$0].isStored } ?? false
    let follows = node.inputs.contains { $0.map { open.contains($0) } ?? false }
    if cutsPieces || follows || !node.calledGraphs.isEmpty {
      let results = node.outputs.filter { graph[$0].isOpen }
      open.formUnion(results)
      // What is closed behind an open operand has the size that the file says.
      if follows || !results.isEmpty { return }
    }
    guard let known = Registry.operator(for: node.code) else { return }
    for _ in 0...node.outputs.count {
      do throws(KernelError) {
        try NodeMemory.check(node, in: graph)
        let kernel = try known.makeKernel(NodeContext(node, in: graph, resizesOutputs: true))
        evaluate(node, kernel)
        return
      } catch {
        guard case .wrongOutput(let position, let dimensions, _) = error,
          resize(node, position, to: dimensions)
        else { return }
      }
    }
  }

  private mutating func resize(_ node: Node, _ position: Int, to dimensions: [Int]) -> Bool {
    guard node.outputs.indices.contains(position), let shape = Shape(dimensions) else { return false }
    let output = node.outputs[position]
    let bytes = shape.elementCount.saturatingMultiply(graph[output].elementType.bitWidth ?? 8) / 8
    guard bytes <= NodeMemory.limit else { return false }
    let sizes = dimensions.compactMap { Int32(exactly: $0) }
    guard sizes.count == dimensions.count, !graph[output].isStored, !graph[output].isVariable else {
      return false
    }
    var edit = GraphEdit(of: graph)
    edit[output].dimensions = sizes
    graph.apply(edit)
    changed[output] = sizes
    return true
  }

  /// Bytes of operands and results beyond which nothing is a shape.
  private static let sizeLimit = 1 << 12

  /// Computes a node's results where all operands are known, and stores them.
  private mutating func evaluate(_ node: Node, _ kernel: any Kernel) {
    let takesShape = node.code.builtin == .shape || node.code.builtin == .rank
    let operands = node.inputs.compactMap(\.self)
    let size = node.outputs.map { graph[$0].byteCount }.saturatingSum
    guard takesShape || operands.allSatisfy({ graph[$0].isStored && graph[$0].byteCount <= Self.sizeLimit }),
      !operands.isEmpty, size > 0, size <= Self.sizeLimit, kernel.scratchByteCount <= Self.sizeLimit,
      !operands.contains(where: { graph[$0].isVariable }),
      !node.outputs.contains(where: { graph[$0].isVariable || graph[$0].isStored }),
      let results = KernelRun.results(of: node, kernel, in: graph, withoutOperands: takesShape)
    else { return }
    var edit = GraphEdit(of: graph)
    for (output, bytes) in zip(node.outputs, results) where !bytes.isEmpty {
      edit[output].data = TensorData(bytes)
    }
    graph.apply(edit)
  }
}

/// One run of one kernel in memory of its own.
private enum KernelRun {
  /// The bytes of the results; nil where the kernel refuses the operands' numbers.
  ///
  /// - Parameter withoutOperands: whether the kernel reads none of its operands' memory.
  static func results(
    of node: Node, _ kernel: any Kernel, in graph: Graph, withoutOperands: Bool
  ) -> [[UInt8]]? {
    let inputs = node.inputs.map { id in
      id.map { Memory(withoutOperands ? [] : Array(graph[$0].data.bytes), graph[$0].elementType) }
    }
    let outputs = node.outputs.map { id in
      Memory([UInt8](repeating: 0, count: graph[id].byteCount), graph[id].elementType)
    }
    let scratch = Memory([UInt8](repeating: 0, count: kernel.scratchByteCount), .uint8)
    return withExtendedLifetime((inputs, outputs, scratch)) { () -> [[UInt8]]? in
      do throws(KernelError) {
        try kernel.run(
          KernelArguments(
            inputs: inputs.map { $0?.memory }, outputs: outputs.map(\.memory), scratch: scratch.memory))
      } catch { return nil }
      return outputs.map { $0.memory.elements(UInt8.self).array() }
    }
  }

  /// Memory of one operand, which lives as long as this object.
  @safe
  private final class Memory {
    private let base: UnsafeMutableRawPointer
    let memory: TensorMemory

    init(_ bytes: [UInt8], _ type: ElementType) {
      unsafe base = .allocate(byteCount: max(bytes.count, 1), alignment: Interpreter.alignment)
      memory = unsafe TensorMemory(base: base, byteCount: bytes.count, elementType: type)
      memory.elements(UInt8.self).assign(bytes)
    }

    deinit { unsafe base.deallocate() }
  }
}
