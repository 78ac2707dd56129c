import GraphIR
import Tensors

extension TFLMOperator {
  static let signalFramer = TFLMOperator(
    custom: "SignalFramer", method: ResolverMethod("AddFramer", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(data: StructureSize(40, 28)) { $0.framer() }),
    overlap: .none(because: "it has several outputs"),
    types: .only([
      KernelTypes(.input(0), .output(0), .output(1), accept: [[.int16, .int16, .bool]])
    ]),
    interpreter: .registered)
}

extension KernelSite {
  /// The samples of a frame for every row, in whole steps.
  fileprivate func framer() -> [PrepareStep] {
    let step = max(1, signalOption("frame_step"))
    let capacity = (signalOption("frame_size") + step - 1) / step * step
    return temporaries(.input(0), .output(0), .output(1)) + circularBuffers(of: capacity)
  }
}
