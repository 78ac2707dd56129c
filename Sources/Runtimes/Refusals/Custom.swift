import GraphIR
import Tensors

/// Custom operators that TFLM has kernels for.
enum Custom {
  static func rule(of code: OperatorCode) -> NodeRefusals.Rule? {
    guard code.builtin == .custom else { return nil }
    if code.isEthosU { return EthosUDemands.first }
    if code.isDecode { return DecodeDemands.first }
    return switch code.name {
    case "CIRCULAR_BUFFER": CircularBufferDemands.first
    case "TFLite_Detection_PostProcess": detectionPostProcess
    default: SignalRefusals.rule(of: code.name)
    }
  }

  /// Three operands, four results that the kernel does not size.
  private static func detectionPostProcess(_ site: RefusalSite) -> Refusal? {
    guard site.node.inputs.count == 3, site.node.outputs.count == 4 else {
      return site.refuse(.operands, "takes 3 operands and has 4 results", Remedy.convert)
    }
    if site.node.customOptions?.bytes.isEmpty != false {
      return site.refuse(.options, "needs its options, which the file leaves out", Remedy.convert)
    }
    if let refusal = site.lacks(.input(0), .input(1), .input(2))
      ?? site.hasRank(outside: 3...3, .input(0), .input(1)) ?? site.hasRank(outside: 2...2, .input(2))
    {
      return refusal
    }
    if let refusal = site.isNot(.float32, at: .input(1)) { return refusal }
    guard site.outputs.contains(where: { $0.rank == 0 && $0.value.dimensions == nil }) else { return nil }
    return site.misreads(
      .emptyTensor,
      "writes all its detections, and its results have no shape: TFLM makes room for one number each",
      "Give the results their shapes in the file: 1×N×4, 1×N, 1×N and 1 for N detections.")
  }
}
