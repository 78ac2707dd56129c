import GraphIR
import Tensors

extension TFLMOperator {
  static let embeddingLookup = TFLMOperator(
    .embeddingLookup, method: ResolverMethod("AddEmbeddingLookup", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile { $0.embeddingLookup() }),
    overlap: .none(because: "its indices pick rows in any order"),
    types: .only([
      KernelTypes(
        .input(1), .output(0), accept: [[.float32, .float32], [.int8, .float32], [.int8, .int8]])
    ]),
    interpreter: .registered)
}

extension KernelSite {
  /// EMBEDDING_LOOKUP has no structure of its own before it prepares.
  fileprivate func embeddingLookup() -> [PrepareStep] {
    writingDimensions(.input(0), .input(1), .output(0)) + [late(lateStructure)]
  }
}

/// The structure that EMBEDDING_LOOKUP allocates when it prepares.
private let lateStructure = StructureSize(16, 8)
