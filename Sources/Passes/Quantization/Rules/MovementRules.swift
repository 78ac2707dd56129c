import GraphIR
import Tensors

/// Operators that move stored numbers, or average between them: one quantization for what goes in and comes
/// out.
enum MovementRules {
  static let all: [QuantizationRule] =
    passages.map {
      QuantizationRule(builtin: $0, types: [.int8, .int16], sharing: .passage, isMovement: true)
    }
    + joins.map { QuantizationRule(builtin: $0, types: [.int8, .int16], sharing: .all, isMovement: true) } + [
      QuantizationRule(builtin: .padv2, types: [.int8, .int16], sharing: .all, isMovement: true),
      QuantizationRule(builtin: .resizeBilinear, sharing: .passage),
      QuantizationRule(builtin: .shape, types: [.int8, .int16], isMovement: true),
    ]

  private static let passages: [BuiltinOperator] = [
    .reshape, .squeeze, .expandDims, .transpose, .slice, .stridedSlice, .split, .splitV, .unpack, .gather,
    .gatherND, .tile, .broadcastTo, .spaceToDepth, .depthToSpace, .spaceToBatchND, .batchToSpaceND,
    .reverseV2,
    .resizeNearestNeighbor, .pad, .mirrorPad, .topkV2,
  ]

  private static let joins: [BuiltinOperator] = [.concatenation, .pack, .dynamicUpdateSlice, .scatterND]
}
