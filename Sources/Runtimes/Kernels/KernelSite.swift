package import GraphIR
import Tensors

/// A node where its kernel prepares: what a size may depend on.
package struct KernelSite: Sendable {
  package let graph: Graph
  package let node: Node
  package let target: TFLMTarget

  package init(graph: Graph, node: Node, target: TFLMTarget) {
    self.graph = graph
    self.node = node
    self.target = target
  }

  /// The tensor of an operand; nil where it is absent.
  subscript(operand: KernelProfile.Operand) -> Value? { id(operand).map { graph[$0] } }

  private func id(_ operand: KernelProfile.Operand) -> ValueID? {
    switch operand {
    case .input(let position): node.inputs.indices.contains(position) ? node.inputs[position] : nil
    case .output(let position): node.outputs.indices.contains(position) ? node.outputs[position] : nil
    }
  }

  /// Steps that inspect operands one after the other; none for an absent one.
  func temporaries(_ operands: [KernelProfile.Operand]) -> [PrepareStep] {
    operands.compactMap { id($0).map { .temporary($0) } }
  }

  func temporaries(_ operands: KernelProfile.Operand...) -> [PrepareStep] { temporaries(operands) }

  /// Steps of a kernel that keeps a writable copy of its output's dimensions.
  func writingDimensions(_ operands: KernelProfile.Operand...) -> [PrepareStep] {
    temporaries(operands) + [.persistent(dimensionBytes(.output(0)))]
  }

  /// Bytes of a copy of a tensor's dimensions.
  func dimensionBytes(_ operand: KernelProfile.Operand) -> Int { 4 + 4 * (self[operand]?.rank ?? 0) }

  /// Steps of a kernel with a multiplier and a shift for every channel.
  func channelArrays(_ channels: Int) -> [PrepareStep] {
    [.persistent(4 * channels), .persistent(4 * channels)]
  }
}

extension Value {
  /// The number of dimensions; 0 for a scalar.
  var rank: Int { dimensions?.count ?? 0 }

  /// Whether the runtime, which counts in 32 bits, can hold the tensor; a dimension of 0 counts as 1.
  var isRepresentable: Bool {
    let count = (dimensions ?? []).reduce(1) { Int.product($0, max(1, Int($1))) }
    return shape != nil && count <= Int(Int32.max) && byteCount <= Int(Int32.max)
  }

  var elementCount: Int { shape?.elementCount ?? 0 }

  /// The size of a dimension; 0 where there is no such dimension.
  func dimension(_ axis: Int) -> Int {
    guard let dimensions, dimensions.indices.contains(axis) else { return 0 }
    return Int(dimensions[axis])
  }

  /// Scales that the runtime sees; 0 where it takes the tensor for one without quantization.
  var quantizedChannelCount: Int {
    guard let quantization, !(quantization.zeroPoints ?? []).isEmpty else { return 0 }
    return (quantization.scales ?? []).count
  }

  /// Whether kernels take their path for narrow integers.
  var isNarrowInteger: Bool { elementType == .int8 || elementType == .int16 }
}
