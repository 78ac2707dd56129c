import GraphIR
import Tensors

extension TFLMOperator {
  static let signalEnergy = TFLMOperator(
    custom: "SignalEnergy", method: ResolverMethod("AddEnergy", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(data: 8, inspected: [.input(0), .output(0)])),
    overlap: .none(because: "what it does not write has to stay apart from what it reads"),
    types: .only([
      KernelTypes(.input(0), .output(0), accept: [[.int16, .uint32]])
    ]),
    interpreter: .registered)
}
