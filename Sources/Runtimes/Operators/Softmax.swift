import GraphIR
import Tensors

extension TFLMOperator {
  static let softmax = TFLMOperator(
    .softmax, method: ResolverMethod("AddSoftmax", isInArduinoLibrary: true),
    kernels: .byLibrary(
      reference: KernelProfile(parameters: .init(4), data: StructureSize(80, 56)) { $0.softmax() },
      cmsisNN: .own(KernelProfile(parameters: .init(4), data: 64) { $0.softmax() }),
      espNN: .own(KernelProfile(parameters: .init(4), data: 64) { $0.espSoftmax() })),
    overlap: .everywhere(.rowwise),
    types: .only([
      KernelTypes(
        .input(0), .output(0),
        accept: [[.float32, .float32], [.int8, .int8], [.int8, .int16], [.int16, .int16]])
    ]),
    interpreter: .registered)
}

extension KernelSite {
  fileprivate func softmax() -> [PrepareStep] {
    let isShort = self[.input(0)]?.elementType == .int16
    let tables = [PrepareStep](repeating: late(lateTable), count: isShort ? 2 : 0)
    return temporaries(.input(0), .output(0)) + tables
  }

  /// Four bytes for each element of the second dimension.
  fileprivate func espSoftmax() -> [PrepareStep] {
    guard let input = self[.input(0)], input.elementType == .int8, self[.output(0)]?.elementType == .int8
    else { return softmax() }
    let bytes = 4 * input.dimension(1)
    return softmax() + (bytes > 0 ? [.scratch(bytes)] : [])
  }
}

/// Each of the two tables of 513 entries of SOFTMAX of int16.
private let lateTable: StructureSize = 1_026
