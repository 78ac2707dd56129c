import GraphIR
import Tensors

extension TFLMOperator {
  static let concatenation = TFLMOperator(
    .concatenation, method: ResolverMethod("AddConcatenation", isInArduinoLibrary: true),
    kernels: .portable(
      KernelProfile(parameters: .init(8), data: StructureSize(80, 24)) { $0.concatenation() }),
    overlap: .everywhere(.concatenation),
    types: .input(.float32, .int8, .int16, .int32, .int64, .bool),
    interpreter: .registered)
}

extension KernelSite {
  /// CONCATENATION inspects its first input twice.
  fileprivate func concatenation() -> [PrepareStep] {
    temporaries(.input(0), .output(0)) + temporaries(node.inputs.indices.map { .input($0) })
  }
}
