import GraphIR

extension KernelProfile {
  /// Calls of other graphs and resource variables.
  static let control: [BuiltinOperator: KernelProfile] = [
    .assignVariable: KernelProfile(data: StructureSize(4, 0)) { $0.assignVariable() },
    .callOnce: KernelProfile(parameters: Parameters(4), data: 8),
    .`if`: KernelProfile(parameters: Parameters(8), data: 8, inspected: [.input(0)]),
    .readVariable: KernelProfile(inspected: [.input(0)]),
    .varHandle: KernelProfile(
      parameters: Parameters(StructureSize(16, 8), alignment: StructureSize(8, 4)), data: 4),
    .`while`: KernelProfile(parameters: Parameters(8), data: 8),
  ]
}
