import GraphIR
import Tensors

extension TFLMOperator {
  static let svdf = TFLMOperator(
    .svdf, method: ResolverMethod("AddSvdf", isInArduinoLibrary: true),
    kernels: .byLibrary(
      reference: KernelProfile(parameters: .init(StructureSize(12, 8, 12)), data: 36) { $0.svdf() },
      cmsisNN: .own(KernelProfile(parameters: .init(StructureSize(12, 8, 12)), data: 40) { $0.cmsisSVDF() }),
      espNN: .portable),
    overlap: .none(because: "every filter reads the whole input"),
    types: .layer([
      KernelTypes(
        .input(0), .input(1), .input(2), .input(4),
        accept: [
          [.float32, .float32, .float32, .float32], [.int8, .int8, .int16, .int16],
          [.int8, .int8, .int8, .int8],
        ])
    ]),
    interpreter: .registered)
}

extension KernelSite {
  /// Inputs: input N×I, feature weights F×I, time weights F×M, bias, state.
  fileprivate func svdf() -> [PrepareStep] {
    let inspected = temporaries(.input(0), .input(1), .input(2), .input(3), .input(4), .output(0))
    return inspected + svdfScratch()
  }

  /// An accumulator for every filter, and for integers one for every unit.
  fileprivate func svdfScratch() -> [PrepareStep] {
    guard let input = self[.input(0)], let features = self[.input(1)] else { return [] }
    let batches = input.dimension(0)
    let filters = features.dimension(0)
    let units = filters / max(1, node.attributes.integer("rank"))
    let accumulators: [PrepareStep] = [.scratch(.product(4, batches, filters))]
    return input.elementType == .int8 ? accumulators + [.scratch(.product(4, batches, units))] : accumulators
  }

  fileprivate func cmsisSVDF() -> [PrepareStep] {
    guard self[.input(0)]?.elementType == .int8, target.vectors == .mve else { return svdf() }
    return svdf() + [.persistent(4 * (self[.input(1)]?.dimension(0) ?? 0))]
  }
}
