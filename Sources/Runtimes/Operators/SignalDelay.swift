import GraphIR
import Tensors

extension TFLMOperator {
  static let signalDelay = TFLMOperator(
    custom: "SignalDelay", method: ResolverMethod("AddDelay", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(data: StructureSize(32, 20)) { $0.delay() }),
    overlap: .none(because: "nothing is gained: what is kept takes more than a frame"),
    types: .only([
      KernelTypes(.input(0), .output(0), accept: [[.int16, .int16]])
    ]),
    interpreter: .registered)
}

extension KernelSite {
  /// A frame and the samples that it is late by, for every row.
  fileprivate func delay() -> [PrepareStep] {
    let frame = self[.input(0)]?.dimensions?.last.map(Int.init) ?? 1
    return temporaries(.input(0), .output(0)) + circularBuffers(of: frame + signalOption("delay_length"))
  }
}
