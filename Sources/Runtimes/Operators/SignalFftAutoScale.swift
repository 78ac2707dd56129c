import GraphIR
import Tensors

extension TFLMOperator {
  static let signalFftAutoScale = TFLMOperator(
    custom: "SignalFftAutoScale", method: ResolverMethod("AddFftAutoScale", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(inspected: [.input(0), .output(0), .output(1)])),
    overlap: .none(because: "it has several outputs"),
    types: .only([
      KernelTypes(.input(0), .output(0), .output(1), accept: [[.int16, .int16, .int32]])
    ]),
    interpreter: .registered)
}
