import GraphIR
import Tensors

extension TFLMOperator {
  static let signalWindow = TFLMOperator(
    custom: "SignalWindow", method: ResolverMethod("AddWindow", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(data: 8, inspected: [.input(0), .input(1), .output(0)])),
    overlap: .none(because: "nothing is gained: it is followed by transforms that read everything"),
    types: .only([
      KernelTypes(.input(0), .input(1), .output(0), accept: [[.int16, .int16, .int16]])
    ]),
    interpreter: .registered)
}
