import GraphIR
import Tensors

extension TFLMOperator {
  static let batchMatMul = TFLMOperator(
    .batchMatMul, method: ResolverMethod("AddBatchMatMul", isInArduinoLibrary: false),
    kernels: .byLibrary(
      reference: KernelProfile(parameters: .init(3, alignment: 1), data: StructureSize(32, 16)) {
        $0.batchMatMul()
      },
      cmsisNN: .own(KernelProfile(parameters: .init(3, alignment: 1), data: 36) { $0.cmsisBatchMatMul() }),
      espNN: .portable),
    overlap: .none(because: "every output reads a row and a column"),
    types: .layer([
      KernelTypes(.input(0), .input(1), accept: [[.float32, .float32], [.int8, .int8], [.int16, .int16]])
    ]),
    interpreter: .registered)
}

extension KernelSite {
  /// The transposed operands stay in the tail for good.
  fileprivate func batchMatMul() -> [PrepareStep] {
    var steps = temporaries(.input(0), .input(1), .output(0))
    if self[.input(0)]?.isNarrowInteger == true { steps.append(late(lateStructure)) }
    return steps + transposedOperands() + [.persistent(dimensionBytes(.output(0)))]
  }

  fileprivate func cmsisBatchMatMul() -> [PrepareStep] {
    var steps = temporaries(.input(0), .input(1), .output(0)) + transposedOperands()
    steps.append(.persistent(dimensionBytes(.output(0))))
    guard let input = self[.input(0)], input.isNarrowInteger, let output = self[.output(0)] else {
      return steps
    }
    steps.append(late(lateStructure))
    guard input.elementType == .int8, target.vectors == .mve else { return steps }
    return steps + request(4 * output.dimension(output.rank - 1))
  }

  fileprivate func transposedOperands() -> [PrepareStep] {
    (node.attributes.bool("adj_x") ? transposed(.input(0)) : [])
      + (node.attributes.bool("adj_y") ? [] : transposed(.input(1)))
  }

  fileprivate func transposed(_ operand: KernelProfile.Operand) -> [PrepareStep] {
    [
      .persistent(RuntimeStructures(target.abi).evalTensor), .persistent(dimensionBytes(operand)),
      .persistent(self[operand]?.byteCount ?? 0),
    ]
  }
}

/// The quantization, allocated when the kernel prepares.
private let lateStructure: StructureSize = 28
