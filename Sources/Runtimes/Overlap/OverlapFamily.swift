import GraphIR
import Tensors

/// Operators whose portable kernels read and write in the same order.
enum OverlapFamily: Sendable {
  /// One element in, one out, at the same index; operands of other shapes are broadcast and stay disjoint.
  case elementwise
  /// Rows of the last axis, each read whole before its first element is written.
  case rowwise
  /// A copy of everything.
  case copy
  /// A copy of the first operand into which another is written.
  case update
  /// Elements picked in rising order.
  case slice
  /// The input between constant borders.
  case padding
  /// Pieces of all inputs in turn, each copied as a block.
  case concatenation
  /// A window over all channels for every output channel of a pixel.
  case convolution
  /// A window over one channel for every element.
  case depthwise
  case pool

  static let families: [BuiltinOperator: OverlapFamily] = [
    .abs: .elementwise, .add: .elementwise, .addN: .elementwise, .averagePool2D: .pool,
    .cast: .elementwise, .ceil: .elementwise, .concatenation: .concatenation, .conv2D: .convolution,
    .cos: .elementwise, .depthwiseConv2D: .depthwise, .dequantize: .elementwise, .div: .elementwise,
    .dynamicUpdateSlice: .update, .elu: .elementwise, .equal: .elementwise, .exp: .elementwise,
    .expandDims: .copy, .floor: .elementwise, .floorDiv: .elementwise, .floorMod: .elementwise,
    .greater: .elementwise, .greaterEqual: .elementwise, .hardSwish: .elementwise,
    .l2Normalization: .rowwise, .l2Pool2D: .pool, .leakyRelu: .elementwise, .less: .elementwise,
    .lessEqual: .elementwise, .log: .elementwise, .logSoftmax: .rowwise, .logicalAnd: .elementwise,
    .logicalNot: .elementwise, .logicalOr: .elementwise, .logistic: .elementwise, .maxPool2D: .pool,
    .maximum: .elementwise, .minimum: .elementwise, .mul: .elementwise, .neg: .elementwise,
    .notEqual: .elementwise, .pad: .padding, .padv2: .padding, .prelu: .elementwise,
    .quantize: .elementwise, .relu: .elementwise, .relu6: .elementwise, .reshape: .copy,
    .round: .elementwise, .rsqrt: .elementwise, .selectV2: .elementwise, .sin: .elementwise,
    .slice: .slice, .softmax: .rowwise, .sqrt: .elementwise, .square: .elementwise,
    .squaredDifference: .elementwise, .squeeze: .copy, .stridedSlice: .slice, .sub: .elementwise,
    .tanh: .elementwise,
  ]

  func rule(_ site: OverlapSite) -> OverlapRule {
    switch self {
    case .elementwise: site.elementwiseRule
    case .rowwise: site.position == 0 ? site.elementwiseRule : .disjoint
    case .copy: site.position == 0 ? .sameAddress : .disjoint
    case .update: site.position == 0 ? .sameAddress : .disjoint
    case .slice: site.sliceRule
    case .padding: site.paddingRule
    case .concatenation: site.concatenationRule
    case .convolution: site.convolutionRule
    case .depthwise: site.depthwiseRule
    case .pool: site.poolRule
    }
  }
}
