import GraphIR
import Tensors

extension TFLMOperator {
  static let signalStacker = TFLMOperator(
    custom: "SignalStacker", method: ResolverMethod("AddStacker", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(data: StructureSize(56, 36)) { $0.stacker() }),
    overlap: .none(because: "it has several outputs"),
    types: .only([
      KernelTypes(.input(0), .output(0), .output(1), accept: [[.int16, .int16, .bool]])
    ]),
    interpreter: .registered)
}

extension KernelSite {
  /// The frames of a stack.
  fileprivate func stacker() -> [PrepareStep] {
    let frames = signalOption("stacker_left_context") + signalOption("stacker_right_context") + 1
    return [.persistent(circularBufferBytes(.product(signalOption("num_channels"), frames)))]
      + temporaries(.input(0), .output(0), .output(1))
  }
}
