import GraphIR

extension KernelProfile {
  /// The profile of a node's kernel; nil where the runtime has none, or its allocations are not known.
  static func profile(of node: Node, _ target: TFLMTarget) -> KernelProfile? {
    let builtin = node.code.builtin
    if builtin == .custom { return custom[node.code.name] }
    switch target.kernels {
    case .reference: return reference[builtin]
    case .cmsisNN: return cmsisNN[builtin] ?? reference[builtin]
    case .espNN: return espNN[builtin] ?? reference[builtin]
    }
  }

  /// Profiles of TFLM's portable kernels.
  static let reference = [arithmetic, activations, layers, movement, control]
    .reduce(into: [BuiltinOperator: KernelProfile]()) { $0.merge($1) { first, _ in first } }

  private static let custom = [
    "TFLite_Detection_PostProcess": KernelProfile(data: 112) { $0.detectionPostProcess() }
  ]
}
