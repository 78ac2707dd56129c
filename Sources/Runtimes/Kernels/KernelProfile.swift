package import GraphIR

/// What one kernel allocates, apart from the tensors themselves.
///
/// Sizes of structures are those of TFLM's headers, compiled for each ABI. On 64-bit hosts every operator's
/// were confirmed by measured arenas, on 32-bit Arm those that the measured models use; the rest there, all
/// of other 32-bit targets, and all of ESP-NN are derived.
package struct KernelProfile: Sendable {
  /// A tensor of a node by its position.
  package enum Operand: Sendable, Equatable {
    case input(Int)
    case output(Int)
  }

  /// The allocations of preparing one node, in the kernel's order.
  typealias Preparation = @Sendable (KernelSite) -> [PrepareStep]

  /// Size and alignment of the parsed `builtin_options`, in the tail; nil where the parser keeps none.
  let parameters: Parameters?
  /// The kernel's own structure, allocated before any kernel prepares; nil where it has none.
  let data: StructureSize?
  let prepare: Preparation

  init(parameters: Parameters? = nil, data: StructureSize? = nil, prepare: @escaping Preparation) {
    self.parameters = parameters
    self.data = data
    self.prepare = prepare
  }

  /// A kernel that allocates nothing when it prepares but descriptions of the tensors that it inspects.
  init(parameters: Parameters? = nil, data: StructureSize? = nil, inspected: [Operand] = []) {
    self.init(parameters: parameters, data: data) { $0.temporaries(inspected) }
  }

  struct Parameters: Sendable {
    let size: StructureSize
    let alignment: StructureSize

    init(_ size: StructureSize, alignment: StructureSize = 4) {
      self.size = size
      self.alignment = alignment
    }

    /// One enumeration.
    static let enumeration = Parameters(StructureSize(4, 1, 4), alignment: StructureSize(4, 1, 4))
    /// An enumeration and a flag, or two enumerations.
    static let enumerationAndFlag = Parameters(StructureSize(8, 2, 8), alignment: StructureSize(4, 1, 4))
  }
}

/// One allocation of a kernel that prepares.
package enum PrepareStep: Sendable, Equatable {
  /// A description of a tensor in temporary memory, free again when the kernel has prepared.
  case temporary(ValueID)
  /// Bytes in the tail, aligned to 16.
  case persistent(Int)
  /// Bytes that the kernel needs while it runs, planned together with the tensors.
  case scratch(Int)
  /// Bytes of a resource variable, in the tail when the variable is met for the first time.
  case resource(handle: ValueID, bytes: Int)
}

extension KernelProfile {
  /// The profile of a node's kernel; nil where the runtime has none, or its allocations are not known.
  static func profile(of node: Node, _ target: TFLMTarget) -> KernelProfile? {
    TFLMOperator[node.code]?.kernels.profile(for: target.kernels)
  }
}
