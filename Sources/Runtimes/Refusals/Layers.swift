import GraphIR
import Tensors

/// Windows over images and products with weights.
extension NodeRefusals {
  static let layers: [BuiltinOperator: Rule] = [
    .averagePool2D: pool, .maxPool2D: pool, .l2Pool2D: l2Pool, .conv2D: convolution,
    .depthwiseConv2D: depthwise, .transposeConv: transposed, .fullyConnected: fullyConnected,
    .batchMatMul: batchMatMul, .svdf: svdf, .unidirectionalSequenceLSTM: lstm,
    .embeddingLookup: embeddingLookup,
  ]

  private static func pool(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0) else { return nil }
    if input.value.isNarrowInteger,
      let refusal = site.differInScale(.input(0), .output(0), by: 1e-6)
        ?? activationRange(site, at: .output(0))
    {
      return refusal
    }
    return site.unchecked(
      site.differInType(.input(0), .output(0)) ?? site.hasRank(outside: 4...4, .input(0), .output(0))
        ?? hasNoWindow(site))
  }

  /// L2_POOL_2D computes the size of its output itself.
  private static func l2Pool(_ site: RefusalSite) -> Refusal? {
    site.hasRank(outside: 4...4, .input(0), .output(0)) ?? site.differInType(.input(0), .output(0))
      ?? hasNoWindow(site)
  }

  /// A window without size or stride: what an operator without options has.
  static func hasNoWindow(_ site: RefusalSite) -> Refusal? {
    let options = site.node.attributes
    let isPool = options.integer("filter_width") > 0 && options.integer("filter_height") > 0
    let isFilter = [.conv2D, .depthwiseConv2D, .transposeConv].contains(site.node.code.builtin)
    guard options.integer("stride_w") > 0, options.integer("stride_h") > 0, isPool || isFilter else {
      let what =
        site.node.options == nil
        ? "its table of options, which the file leaves out" : "strides and a window above 0"
      return site.refuse(.options, "needs \(what)", Remedy.convert)
    }
    return nil
  }

  /// A fused activation whose bounds the output's scale can count.
  static func activationRange(_ site: RefusalSite, at operand: RefusalSite.Operand) -> Refusal? {
    guard [.relu, .reluN1To1, .relu6].contains(site.activation) else { return nil }
    return site.lacksScale(operand)
  }

  static func batchMatMul(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.differInType(.input(0), .input(1), .output(0))
      ?? site.hasRank(outside: 2...5, .input(0), .input(1))
      ?? site.isAsymmetric16(.input(0), .input(1), .output(0))
    {
      return refusal
    }
    return productShape(site) ?? site.readsNoScale(.input(0), .input(1), .output(0))
  }

  private static func productShape(_ site: RefusalSite) -> Refusal? {
    guard let left = site.input(0)?.dimensions, let right = site.input(1)?.dimensions,
      let output = site.output(0),
      left.count >= 2, right.count >= 2
    else { return nil }
    let options = site.node.attributes
    let (rows, inner) = (left[left.count - 2], left[left.count - 1])
    let (otherInner, columns) = (right[right.count - 2], right[right.count - 1])
    let depth = options.bool("adj_x") ? rows : inner
    let otherDepth = options.bool("adj_y") ? columns : otherInner
    guard depth == otherDepth, let batch = broadcastShape(left.dropLast(2), right.dropLast(2)) else {
      return site.refuse(.shape, "finds operands whose sizes do not fit", Remedy.fixShapes)
    }
    let shape = batch + [options.bool("adj_x") ? inner : rows, options.bool("adj_y") ? otherInner : columns]
    guard shape.count <= output.rank, shape.reduce(1, { Int.product($0, $1) }) == output.elementCount else {
      return site.refuse(.shape, "finds another size of its output than of the product", Remedy.fixShapes)
    }
    return nil
  }

  private static func embeddingLookup(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.isNot(.int32, at: .input(0)) ?? site.hasRank(outside: 1...1, .input(0))
      ?? site.hasRank(under: 2, .input(1))
    {
      return refusal
    }
    guard let table = site.input(1), let output = site.output(0) else { return nil }
    if output.rank < table.rank {
      return site.refuse(.shape, "needs as many dimensions of its output as of its table", Remedy.fixShapes)
    }
    let rows = [site.input(0)?.dimension(0) ?? 0] + table.dimensions.dropFirst()
    if rows.contains(0) {
      return site.refuse(.emptyTensor, "looks up no rows at all", Remedy.fixShapes)
    }
    let all = rows + output.dimensions.dropFirst(table.rank)
    if all.reduce(1, { Int.product($0, $1) }) > output.elementCount {
      return site.refuse(
        .shape, "finds a result that is too small for the rows that are looked up", Remedy.fixShapes)
    }
    guard table.type == .int8, output.type == .float32, table.zeroPoint != 0 else { return nil }
    return site.refuse(
      .quantization, "takes an int8 table with zero point 0 only for floats", Remedy.quantize)
  }
}
