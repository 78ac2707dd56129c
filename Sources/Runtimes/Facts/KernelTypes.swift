package import GraphIR
package import Tensors

/// Combinations of element types that a kernel of TFLM takes.
package struct KernelTypes: Sendable, Equatable {
  package typealias Operand = KernelProfile.Operand

  let operands: [Operand]
  /// One type for every operand, in their order.
  let accepted: [[ElementType]]

  package init(_ operands: Operand..., accept accepted: [[ElementType]]) {
    self.operands = operands
    self.accepted = accepted
  }

  /// A rule for one operand, which is the first input unless another is named.
  package init(_ types: ElementType..., of operand: Operand = .input(0)) {
    operands = [operand]
    accepted = types.map { [$0] }
  }

  /// The types that a node has where the kernel takes none such; nil where it does, or an operand is absent.
  package func refusedTypes(of node: Node, in graph: Graph) -> [ElementType]? {
    var types: [ElementType] = []
    for operand in operands {
      guard let value = Self.value(operand, of: node, in: graph) else { return nil }
      types.append(value.elementType)
    }
    return accepted.contains(types) ? nil : types
  }

  /// What the kernel takes, in words.
  package var acceptedText: String {
    accepted.map { $0.map(\.description).joined(separator: "×") }.joined(separator: ", ")
  }

  private static func value(_ operand: Operand, of node: Node, in graph: Graph) -> Value? {
    switch operand {
    case .input(let index):
      guard node.inputs.indices.contains(index), let id = node.inputs[index] else { return nil }
      return graph[id]
    case .output(let index):
      return node.outputs.indices.contains(index) ? graph[node.outputs[index]] : nil
    }
  }
}

extension KernelTypes {
  /// What the kernel of an operator takes; none for one that takes all types that occur.
  package static func rules(for code: OperatorCode) -> [KernelTypes] { TFLMOperator[code]?.types.rules ?? [] }
}
