package import GraphIR
package import Tensors

/// A node with its operands, as a kernel's preparation sees it.
package struct NodeContext {
  package let node: Node
  package let graph: Graph
  /// Whether outputs lie over inputs, so that every element must be written when TFLM's kernel writes it.
  package let keepsElementOrder: Bool
  /// Whether results have the shapes that operands and options ask for, as LiteRT resizes them; else those that are
  /// declared, as TFLM takes them, where the operator leaves a choice.
  package let resizesOutputs: Bool

  package init(
    _ node: Node, in graph: Graph, keepsElementOrder: Bool = false, resizesOutputs: Bool = false
  ) {
    self.node = node
    self.graph = graph
    self.keepsElementOrder = keepsElementOrder
    self.resizesOutputs = resizesOutputs
  }

  /// A faster form of a kernel, which may write its outputs in another order; nil where that is not allowed.
  func faster(_ kernel: @autoclosure () -> (any Kernel)?) -> (any Kernel)? {
    keepsElementOrder ? nil : kernel()
  }

  /// The options that the file stores.
  package var attributes: Record { node.attributes }

  /// The operand at a position.
  ///
  /// - Throws: `missingOperand` where it is absent.
  package func input(_ position: Int) throws(KernelError) -> Value {
    guard let value = optionalInput(position) else { throw .missingOperand("input \(position)") }
    return value
  }

  /// The operand at a position, or nil where it is absent.
  package func optionalInput(_ position: Int) -> Value? {
    guard node.inputs.indices.contains(position) else { return nil }
    return node.inputs[position].map { graph[$0] }
  }

  /// The result at a position.
  ///
  /// - Throws: `missingOperand` where the node has fewer.
  package func output(_ position: Int = 0) throws(KernelError) -> Value {
    guard node.outputs.indices.contains(position) else { throw .missingOperand("output \(position)") }
    return graph[node.outputs[position]]
  }

  /// The shape of an operand.
  package func inputShape(_ position: Int) throws(KernelError) -> Shape {
    try Self.shape(of: input(position), "input \(position)")
  }

  /// The shape of a result.
  package func outputShape(_ position: Int = 0) throws(KernelError) -> Shape {
    try Self.shape(of: output(position), "output \(position)")
  }

  /// The integers of a constant int32 or int64 operand, such as axes or paddings; nil where the operand
  /// is computed while the model runs.
  package func constantIntegers(_ position: Int) throws(KernelError) -> [Int]? {
    let value = try input(position)
    guard value.isConstant else { return nil }
    switch value.elementType {
    case .int32: return value.data.elements(Int32.self).map(Int.init)
    case .int64: return value.data.elements(Int64.self).map(Int.init)
    default: throw .unsupportedType("input \(position) is \(value.elementType), not int32 or int64")
    }
  }

  /// Scale and zero point of a per-tensor quantized value.
  ///
  /// - Throws: `unsupported` where the value has none.
  package func quantization(of value: Value, _ name: String) throws(KernelError) -> ScaleAndZeroPoint {
    guard let quantization = value.quantization, let scale = quantization.scales?.first else {
      throw .unsupported("\(name) is \(value.elementType) and has no quantization parameters")
    }
    return ScaleAndZeroPoint(
      scale: scale, zeroPoint: Int32(truncatingIfNeeded: quantization.zeroPoints?.first ?? 0))
  }

  private static func shape(of value: Value, _ name: String) throws(KernelError) -> Shape {
    guard let shape = value.shape else { throw .invalidShape("\(name) has no valid shape") }
    return shape
  }
}

/// Per-tensor quantization: real = scale · (stored − zeroPoint).
package struct ScaleAndZeroPoint: Sendable, Equatable {
  package let scale: Float
  package let zeroPoint: Int32

  package init(scale: Float, zeroPoint: Int32) {
    self.scale = scale
    self.zeroPoint = zeroPoint
  }
}
