import GraphIR
import Tensors

extension TFLMOperator {
  static let averagePool2D = TFLMOperator(
    .averagePool2D, method: ResolverMethod("AddAveragePool2D", isInArduinoLibrary: true),
    kernels: .byLibrary(
      reference: KernelProfile(parameters: .init(40), data: 32, inspected: [.input(0), .output(0)]),
      cmsisNN: .own(KernelProfile(parameters: .init(40), data: 36) { $0.cmsisAveragePool() }),
      espNN: .portable),
    overlap: .pools,
    types: .floatOrSmall,
    interpreter: .registered)
}

extension KernelSite {
  fileprivate func cmsisAveragePool() -> [PrepareStep] {
    let steps = temporaries(.input(0), .output(0), .input(0), .output(0))
    guard let input = self[.input(0)], input.isNarrowInteger, target.vectors == .dsp else { return steps }
    return steps + request(4 * input.dimension(3))
  }
}
