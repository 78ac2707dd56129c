import GraphIR
import Tensors

extension TFLMOperator {
  static let assignVariable = TFLMOperator(
    .assignVariable, method: ResolverMethod("AddAssignVariable", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: StructureSize(4, 0)) { $0.assignVariable() }),
    overlap: .none(because: "it has no output"),
    types: .all(because: "it copies bytes"),
    interpreter: .control)
}

extension KernelSite {
  /// ASSIGN_VARIABLE makes room for the variable when it is the first to assign it.
  fileprivate func assignVariable() -> [PrepareStep] {
    guard node.inputs.count > 1, let handle = node.inputs[0], let value = node.inputs[1] else { return [] }
    return [.temporary(value), .resource(handle: handle, bytes: graph[value].byteCount)]
  }
}
