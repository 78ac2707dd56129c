import GraphIR
import Tensors

extension TFLMOperator {
  static let signalFilterBankLog = TFLMOperator(
    custom: "SignalFilterBankLog", method: ResolverMethod("AddFilterBankLog", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(data: 8, inspected: [.input(0), .output(0)])),
    overlap: .none(because: "nothing is gained: its results take half of what it reads"),
    types: .only([
      KernelTypes(.input(0), .output(0), accept: [[.uint32, .int16]])
    ]),
    interpreter: .registered)
}
