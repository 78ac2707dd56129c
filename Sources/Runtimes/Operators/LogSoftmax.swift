import GraphIR
import Tensors

extension TFLMOperator {
  static let logSoftmax = TFLMOperator(
    .logSoftmax, method: ResolverMethod("AddLogSoftmax", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile { $0.logSoftmax() }),
    overlap: .everywhere(.rowwise),
    types: .floatOrInt8,
    interpreter: .registered)
}

extension KernelSite {
  fileprivate func logSoftmax() -> [PrepareStep] {
    let isByte = self[.input(0)]?.elementType == .int8
    return temporaries(.input(0), .output(0)) + (isByte ? [late(lateStructure)] : [])
  }
}

/// A structure that LOG_SOFTMAX of int8 allocates when it prepares.
private let lateStructure = StructureSize(40, 28)
