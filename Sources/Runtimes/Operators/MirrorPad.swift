import GraphIR
import Tensors

extension TFLMOperator {
  static let mirrorPad = TFLMOperator(
    .mirrorPad, method: ResolverMethod("AddMirrorPad", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .enumeration, data: 20) { $0.mirrorPad() }),
    overlap: .none(because: "borders read elements of the inside again"),
    types: .floatOrInt8,
    interpreter: .registered)
}

extension KernelSite {
  fileprivate func mirrorPad() -> [PrepareStep] {
    let bytes = 4 * (self[.input(0)]?.rank ?? 0)
    return temporaries(.input(0), .input(1), .output(0)) + [.scratch(bytes), .scratch(bytes)]
  }
}
