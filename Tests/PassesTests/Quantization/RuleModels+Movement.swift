import GraphIR
import Tensors

extension RuleModel {
  static let movements: [RuleModel] = shapes + pieces + pictures

  private static let shapes: [RuleModel] = [
    one("RESHAPE", .reshape, 17, "ReshapeOptions", [1, 64]) { [$0.x, $0.integers("shape", [2], [1, 64])] },
    one("SQUEEZE", .squeeze, 30, "SqueezeOptions", [4, 4], input: [1, 4, 4]),
    one("EXPAND_DIMS", .expandDims, 52, "ExpandDimsOptions", [1, 1, 4, 4], input: [1, 4, 4]) {
      [$0.x, $0.integers("axis", [1], [0])]
    },
    one("TRANSPOSE", .transpose, 26, "TransposeOptions", [1, 3, 4, 5], input: [1, 4, 5, 3]) {
      [$0.x, $0.integers("order", [4], [0, 3, 1, 2])]
    },
    one("CONCATENATION", .concatenation, 10, "ConcatenationOptions", [1, 4, 4, 7], [("axis", 3)]) {
      [$0.x, $0.floats("c", [1, 4, 4, 3])]
    },
    one("PACK", .pack, 59, "PackOptions", [2, 4, 4], input: [4, 4], [("values_count", 2), ("axis", 0)]) {
      [$0.x, $0.floats("c", [4, 4])]
    },
    one("TILE", .tile, 51, "TileOptions", [2, 4, 4, 4], isWide: false) {
      [$0.x, $0.integers("times", [4], [2, 1, 1, 1])]
    },
    one("BROADCAST_TO", .broadcastTo, 104, "BroadcastToOptions", [3, 4, 4, 4], isWide: false) {
      [$0.x, $0.integers("shape", [4], [3, 4, 4, 4])]
    },
    one("REVERSE_V2", .reverseV2, 81, "ReverseV2Options", [1, 4, 4, 4], isWide: false) {
      [$0.x, $0.integers("axis", [1], [2])]
    },
  ]

  private static let pieces: [RuleModel] = [
    one("SLICE", .slice, 48, "SliceOptions", [1, 2, 2, 4]) {
      [$0.x, $0.integers("begin", [4], [0, 1, 1, 0]), $0.integers("size", [4], [1, 2, 2, 4])]
    },
    one("STRIDED_SLICE", .stridedSlice, 32, "StridedSliceOptions", [1, 2, 2, 4]) {
      [
        $0.x, $0.integers("begin", [4], [0, 0, 0, 0]), $0.integers("end", [4], [1, 4, 4, 4]),
        $0.integers("strides", [4], [1, 2, 2, 1]),
      ]
    },
    one("SPLIT", .split, 35, "SplitOptions", [1, 4, 4, 2], [("num_splits", 2)], count: 2) {
      [$0.integers("axis", [1], [3]), $0.x]
    },
    one("SPLIT_V", .splitV, 79, "SplitVOptions", [1, 4, 4, 2], [("num_splits", 2)], count: 2) {
      [$0.x, $0.integers("sizes", [2], [2, 2]), $0.integers("axis", [1], [3])]
    },
    one(
      "UNPACK", .unpack, 64, "UnpackOptions", [4, 4], input: [2, 4, 4], [("num", 2), ("axis", 0)], count: 2),
    one("GATHER", .gather, 23, "GatherOptions", [1, 3, 4, 4], [("axis", 1)]) {
      [$0.x, $0.integers("i", [3], [3, 0, 2])]
    },
    one("GATHER_ND", .gatherND, 83, "GatherNdOptions", [2, 4], isWide: false) {
      [$0.x, $0.integers("i", [2, 3], [0, 1, 2, 0, 3, 3])]
    },
    one("PAD", .pad, 22, "PadOptions", [1, 6, 6, 4]) {
      [$0.x, $0.integers("p", [4, 2], [0, 0, 1, 1, 1, 1, 0, 0])]
    },
    one("PADV2", .padv2, 43, "PadV2Options", [1, 6, 6, 4]) {
      [$0.x, $0.integers("p", [4, 2], [0, 0, 1, 1, 1, 1, 0, 0]), $0.floats("c", [1], [-2])]
    },
    one("MIRROR_PAD", .mirrorPad, 77, "MirrorPadOptions", [1, 6, 6, 4], [("mode", 0)], isWide: false) {
      [$0.x, $0.integers("p", [4, 2], [0, 0, 1, 1, 1, 1, 0, 0])]
    },
  ]

  private static let pictures: [RuleModel] = [
    one(
      "SPACE_TO_DEPTH", .spaceToDepth, 19, "SpaceToDepthOptions", [1, 2, 2, 16], [("block_size", 2)],
      isWide: false),
    one(
      "DEPTH_TO_SPACE", .depthToSpace, 94, "DepthToSpaceOptions", [1, 8, 8, 1], [("block_size", 2)],
      isWide: false),
    one("SPACE_TO_BATCH_ND", .spaceToBatchND, 25, "SpaceToBatchNDOptions", [4, 2, 2, 4]) {
      [$0.x, $0.integers("block", [2], [2, 2]), $0.integers("p", [2, 2], [0, 0, 0, 0])]
    },
    one(
      "BATCH_TO_SPACE_ND", .batchToSpaceND, 24, "BatchToSpaceNDOptions", [1, 8, 8, 2], input: [4, 4, 4, 2]
    ) {
      [$0.x, $0.integers("block", [2], [2, 2]), $0.integers("p", [2, 2], [0, 0, 0, 0])]
    },
    one("RESIZE_NEAREST_NEIGHBOR", .resizeNearestNeighbor, 74, "ResizeNearestNeighborOptions", [1, 8, 8, 4]) {
      [$0.x, $0.integers("size", [2], [8, 8])]
    },
    one("RESIZE_BILINEAR", .resizeBilinear, 15, "ResizeBilinearOptions", [1, 8, 8, 4], isWide: false) {
      [$0.x, $0.integers("size", [2], [8, 8])]
    },
  ]
}
