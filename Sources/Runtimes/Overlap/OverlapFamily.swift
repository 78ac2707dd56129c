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
  /// Elements picked in rising order, one by one.
  case slice
  /// Elements picked in rising order, runs of the last axis as blocks.
  case stridedSlice
  /// The input between constant borders.
  case padding
  /// Pieces of all inputs in turn, each copied as a block.
  case concatenation
  /// A window over all channels for every output channel of a pixel.
  case convolution
  /// A window over one channel for every element.
  case depthwise
  case pool

  func rule(_ site: OverlapSite) -> OverlapRule {
    switch self {
    case .elementwise: site.elementwiseRule
    case .rowwise: site.position == 0 ? site.elementwiseRule : .disjoint
    case .copy: site.position == 0 ? .sameAddress : .disjoint
    case .update: site.position == 0 ? .sameAddress : .disjoint
    case .slice: site.sliceRule
    case .stridedSlice: site.stridedSliceRule
    case .padding: site.paddingRule
    case .concatenation: site.concatenationRule
    case .convolution: site.convolutionRule
    case .depthwise: site.depthwiseRule
    case .pool: site.poolRule
    }
  }
}
