import GraphIR

extension KernelProfile {
  /// Operators that move elements.
  static let movement: [BuiltinOperator: KernelProfile] = [
    .batchToSpaceND: KernelProfile(inspected: [.input(0), .output(0)]),
    .broadcastArgs: KernelProfile(inspected: [.input(0), .input(1), .output(0)]),
    .broadcastTo: KernelProfile(inspected: [.input(0), .input(1), .output(0)]),
    .concatenation: KernelProfile(parameters: Parameters(8), data: StructureSize(80, 24)) {
      $0.concatenation()
    },
    .depthToSpace: KernelProfile(parameters: Parameters(4)) { $0.writingDimensions(.input(0), .output(0)) },
    .dynamicUpdateSlice: KernelProfile(inspected: [.input(0), .input(1), .input(2), .output(0)]),
    .embeddingLookup: KernelProfile { $0.embeddingLookup() },
    .expandDims: KernelProfile(inspected: [.input(0), .input(1), .output(0)]),
    .fill: KernelProfile(inspected: [.input(0), .input(1), .output(0)]),
    .gather: KernelProfile(parameters: Parameters(8)) {
      $0.writingDimensions(.input(0), .input(1), .output(0))
    },
    .gatherND: KernelProfile { $0.writingDimensions(.input(0), .input(1), .output(0)) },
    .mirrorPad: KernelProfile(
      parameters: Parameters(StructureSize(4, 1, 4), alignment: StructureSize(4, 1, 4)), data: 20
    ) { $0.mirrorPad() },
    .pack: KernelProfile(parameters: Parameters(8)),
    .pad: KernelProfile(data: 56, inspected: [.input(0), .input(1), .input(2), .output(0)]),
    .padv2: KernelProfile(data: 56, inspected: [.input(0), .input(1), .input(2), .output(0)]),
    .reshape: KernelProfile(parameters: Parameters(36), inspected: [.input(0), .output(0)]),
    .resizeBilinear: KernelProfile(
      parameters: Parameters(2, alignment: 1), inspected: [.input(0), .input(1), .output(0)]),
    .resizeNearestNeighbor: KernelProfile(
      parameters: Parameters(2, alignment: 1), inspected: [.input(0), .input(1), .output(0)]),
    .reverseV2: KernelProfile(inspected: [.input(0), .input(1), .output(0)]),
    .shape: KernelProfile(parameters: Parameters(StructureSize(4, 1, 4), alignment: StructureSize(4, 1, 4))),
    .slice: KernelProfile(inspected: [.input(0), .input(1), .input(2), .output(0)]),
    .spaceToBatchND: KernelProfile(data: 4, inspected: [.input(0), .output(0)]),
    .spaceToDepth: KernelProfile(parameters: Parameters(4)) { $0.writingDimensions(.input(0), .output(0)) },
    .split: KernelProfile(parameters: Parameters(4), inspected: [.input(0)]),
    .splitV: KernelProfile(parameters: Parameters(4), inspected: [.input(2)]),
    .squeeze: KernelProfile(parameters: Parameters(36), inspected: [.input(0), .output(0)]),
    .stridedSlice: KernelProfile(
      parameters: Parameters(24), data: 84,
      inspected: [.input(0), .input(1), .input(2), .input(3), .output(0)]),
    .transpose: KernelProfile(inspected: [.input(0), .input(1), .output(0)]),
    .unpack: KernelProfile(parameters: Parameters(8)),
  ]
}
