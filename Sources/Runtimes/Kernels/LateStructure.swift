/// Structures that some kernels allocate only when they prepare, and only for some types.
enum LateStructure {
  /// ADD_N of int8.
  static let addN: StructureSize = 40
  /// The quantization of BATCH_MATMUL.
  static let batchMatMul: StructureSize = 28
  /// CUMSUM of int8.
  static let cumulativeSum: StructureSize = 36
  static let embeddingLookup = StructureSize(16, 8)
  /// LOG_SOFTMAX of int8.
  static let logSoftmax = StructureSize(40, 28)
  /// Each of the two tables of 513 entries of SOFTMAX of int16.
  static let softmaxTable: StructureSize = 1_026
}

extension KernelSite {
  func late(_ structure: StructureSize) -> PrepareStep { .persistent(structure[target.abi]) }
}
