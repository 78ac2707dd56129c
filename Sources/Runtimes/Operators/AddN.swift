import GraphIR
import Tensors

extension TFLMOperator {
  static let addN = TFLMOperator(
    .addN, method: ResolverMethod("AddAddN", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile { $0.addN() }),
    overlap: .everywhere(.elementwise),
    types: .floatOrInt8,
    interpreter: .registered)
}

extension KernelSite {
  /// ADD_N keeps a pointer to every input.
  fileprivate func addN() -> [PrepareStep] {
    var steps = temporaries(.input(0), .output(0))
    for position in node.inputs.indices.dropFirst() { steps += temporaries(.input(position)) }
    if self[.output(0)]?.elementType == .int8 { steps.append(late(lateStructure)) }
    return steps + [.scratch(target.abi.pointerBytes * node.inputs.count)]
  }
}

/// A structure that ADD_N of int8 allocates when it prepares.
private let lateStructure: StructureSize = 40
