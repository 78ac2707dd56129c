import GraphIR
import Tensors

extension TFLMOperator {
  static let cumsum = TFLMOperator(
    .cumsum, method: ResolverMethod("AddCumSum", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .init(2, alignment: 1)) { $0.cumulativeSum() }),
    overlap: .none(because: "its order depends on axis, direction and a sum that starts before"),
    types: .floatOrInt8,
    interpreter: .registered)
}

extension KernelSite {
  fileprivate func cumulativeSum() -> [PrepareStep] {
    let isByte = self[.output(0)]?.elementType == .int8
    return temporaries(.input(0), .input(1), .output(0)) + (isByte ? [late(lateStructure)] : [])
  }
}

/// A structure that CUMSUM of int8 allocates when it prepares.
private let lateStructure: StructureSize = 36
