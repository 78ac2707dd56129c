import GraphIR
import Tensors

extension TFLMOperator {
  static let signalPCAN = TFLMOperator(
    custom: "SignalPCAN", method: ResolverMethod("AddPCAN", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(data: 4, inspected: [.input(0), .input(1), .input(2), .output(0)])),
    overlap: .none(because: "it copies its input before it reads the noise"),
    types: .only([
      KernelTypes(.input(0), .input(1), .input(2), .output(0), accept: [[.uint32, .uint32, .int16, .uint32]])
    ]),
    interpreter: .registered)
}
