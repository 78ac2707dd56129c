import GraphIR

extension KernelProfile {
  /// Elementwise arithmetic, comparison and selection.
  static let arithmetic: [BuiltinOperator: KernelProfile] = [
    .abs: KernelProfile(data: 28, inspected: [.input(0), .output(0)]),
    .add: KernelProfile(
      parameters: Parameters(StructureSize(8, 2, 8), alignment: StructureSize(4, 1, 4)), data: 60,
      inspected: [.input(0), .input(1), .output(0)]),
    .addN: KernelProfile { $0.addN() },
    .cast: KernelProfile(
      parameters: Parameters(StructureSize(8, 2, 8), alignment: StructureSize(4, 1, 4)),
      inspected: [.input(0), .output(0)]),
    .ceil: KernelProfile(inspected: [.input(0), .output(0)]),
    .cos: KernelProfile(inspected: [.input(0), .output(0)]),
    .div: KernelProfile(
      parameters: Parameters(StructureSize(4, 1, 4), alignment: StructureSize(4, 1, 4)), data: 28,
      inspected: [.input(0), .input(1), .output(0)]),
    .equal: KernelProfile(data: 32, inspected: [.input(0), .input(1)]),
    .exp: KernelProfile(inspected: [.input(0), .output(0)]),
    .floor: KernelProfile(),
    .floorDiv: KernelProfile(inspected: [.input(0), .input(1), .output(0)]),
    .floorMod: KernelProfile(inspected: [.input(0), .input(1), .output(0)]),
    .greater: KernelProfile(data: 32, inspected: [.input(0), .input(1)]),
    .greaterEqual: KernelProfile(data: 32, inspected: [.input(0), .input(1)]),
    .less: KernelProfile(data: 32, inspected: [.input(0), .input(1)]),
    .lessEqual: KernelProfile(data: 32, inspected: [.input(0), .input(1)]),
    .log: KernelProfile(inspected: [.input(0), .output(0)]),
    .logicalAnd: KernelProfile(),
    .logicalNot: KernelProfile(inspected: [.input(0), .output(0)]),
    .logicalOr: KernelProfile(),
    .maximum: KernelProfile(),
    .minimum: KernelProfile(),
    .mul: KernelProfile(
      parameters: Parameters(StructureSize(4, 1, 4), alignment: StructureSize(4, 1, 4)), data: 36,
      inspected: [.input(0), .input(1), .output(0)]),
    .neg: KernelProfile(),
    .notEqual: KernelProfile(data: 32, inspected: [.input(0), .input(1)]),
    .round: KernelProfile(inspected: [.input(0), .output(0)]),
    .rsqrt: KernelProfile(data: 28, inspected: [.input(0), .output(0)]),
    .selectV2: KernelProfile(data: 1, inspected: [.input(0), .input(1), .input(2), .output(0)]),
    .sin: KernelProfile(inspected: [.input(0), .output(0)]),
    .sqrt: KernelProfile(inspected: [.input(0), .output(0)]),
    .square: KernelProfile(inspected: [.input(0), .output(0)]),
    .squaredDifference: KernelProfile(data: 112, inspected: [.input(0), .input(1), .output(0)]),
    .sub: KernelProfile(
      parameters: Parameters(StructureSize(8, 2, 8), alignment: StructureSize(4, 1, 4)), data: 52,
      inspected: [.input(0), .input(1), .output(0)]),
    .zerosLike: KernelProfile(inspected: [.input(0), .output(0)]),
  ]
}
