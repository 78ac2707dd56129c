import GraphIR
import Tensors

extension TFLMOperator {
  static let signalFilterBankSquareRoot = TFLMOperator(
    custom: "SignalFilterBankSquareRoot",
    method: ResolverMethod("AddFilterBankSquareRoot", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(inspected: [.input(0), .input(1), .output(0)])),
    overlap: .none(because: "nothing is gained: its results take half of what it reads"),
    types: .only([
      KernelTypes(.input(0), .input(1), .output(0), accept: [[.uint64, .int32, .uint32]])
    ]),
    interpreter: .registered)
}
