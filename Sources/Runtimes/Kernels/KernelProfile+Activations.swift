import GraphIR

extension KernelProfile {
  /// Activations, normalizations and changes of number format.
  static let activations: [BuiltinOperator: KernelProfile] = [
    .dequantize: KernelProfile(data: 32, inspected: [.input(0), .output(0)]),
    .elu: KernelProfile(data: 256, inspected: [.input(0), .output(0)]),
    .hardSwish: KernelProfile(data: 20, inspected: [.input(0), .output(0)]),
    .l2Normalization: KernelProfile(
      parameters: Parameters(StructureSize(4, 1, 4), alignment: StructureSize(4, 1, 4)), data: 4,
      inspected: [.input(0), .output(0)]),
    .leakyRelu: KernelProfile(parameters: Parameters(4), data: 24, inspected: [.input(0), .output(0)]),
    .logistic: KernelProfile(data: 16, inspected: [.input(0), .output(0)]),
    .logSoftmax: KernelProfile { $0.logSoftmax() },
    .prelu: KernelProfile(data: 28, inspected: [.input(0), .input(1), .output(0)]),
    .quantize: KernelProfile(data: 32, inspected: [.input(0), .output(0)]),
    .relu: KernelProfile(data: 28, inspected: [.input(0), .output(0)]),
    .relu6: KernelProfile(data: 8, inspected: [.input(0)]),
    .softmax: KernelProfile(parameters: Parameters(4), data: StructureSize(80, 56)) { $0.softmax() },
    .tanh: KernelProfile(data: 16, inspected: [.input(0), .input(0), .output(0)]),
  ]
}
