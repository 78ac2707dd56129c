package import GraphIR
import Operators
import Tensors

/// PAD or PADV2 with zeros before CONV_2D or DEPTHWISE_CONV_2D, where the convolution's own padding does the
/// same.
///
/// A convolution reads zeros (the input's zero point) outside its input, `before` = ⌊max(0, (out − 1)·stride +
/// extent − in) / 2⌋ of them in front with SAME, none with VALID. If that number equals the PAD's on both
/// axes and the output's size stays, every tap reads the same numbers: exact for all types. Where several
/// convolutions read the padded value, all of them must be able to.
package struct FoldPad: RewriteRule {
  package static let name = "fold-pad"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      let node = graph[id]
      guard Self.isPadding(node), node.options != nil,
        let padded = context.input(0, of: node), let pad = context.node(.pad, .padv2, writing: padded),
        let source = context.input(0, of: graph[pad])
      else { throw .noMatch }
      let before = try Self.paddingBefore(pad, context)
      try Self.requireZeros(pad, source, padded, context)
      let padding = try Self.padding(of: id, source: source, padded: padded, before: before, context)
      try Self.requireOthersToo(pad, id, source: source, padded: padded, before: before, context)
      var edit = GraphEdit(
        of: graph, "\(context.label(pad)) folded into its \(padding == 0 ? "SAME" : "VALID") padding")
      edit[id] = node.with("padding", padding).reading(source)
      if context.consumers[padded.index] == [id] { edit.remove(pad) }
      return edit
    }
  }

  /// Whether an operator pads its input itself.
  private static func isPadding(_ node: Node) -> Bool {
    switch node.passFacts?.layer?.kind {
    case .convolution, .depthwise: true
    case .dense, .transposed, nil: false
    }
  }

  /// Checks that every other reader of the padded value can do without the PAD, one edit after the other.
  private static func requireOthersToo(
    _ pad: NodeID, _ id: NodeID, source: ValueID, padded: ValueID, before: (rows: Int, columns: Int),
    _ context: RewriteContext
  ) throws(Refusal) {
    guard !context.isPort[padded.index] else {
      throw Refusal("the padded value is also an output of the model")
    }
    for other in context.consumers[padded.index] where other != id {
      let node = context.graph[other]
      var isAble = Self.isPadding(node) && node.options != nil
      do throws(Refusal) {
        if isAble { _ = try Self.padding(of: other, source: source, padded: padded, before: before, context) }
      } catch {
        isAble = false
      }
      guard isAble, node.inputs.filter({ $0 == padded }).count == 1 else {
        throw Refusal("the padded value is also used by \(context.label(other)), which cannot do without")
      }
    }
  }

  /// Zeros before rows and columns.
  private static func paddingBefore(
    _ pad: NodeID, _ context: RewriteContext
  ) throws(Refusal) -> (rows: Int, columns: Int) {
    guard let pairs = context.integers(context.input(1, of: context.graph[pad])) else {
      throw Refusal("the paddings of \(context.label(pad)) are computed")
    }
    guard pairs.count == 8, pairs.allSatisfy({ $0 >= 0 }) else { throw .noMatch }
    guard pairs[0] == 0, pairs[1] == 0, pairs[6] == 0, pairs[7] == 0 else {
      throw Refusal("\(context.label(pad)) pads channels or images, which a convolution cannot")
    }
    return (pairs[2], pairs[4])
  }

  private static func requireZeros(
    _ pad: NodeID, _ source: ValueID, _ padded: ValueID, _ context: RewriteContext
  ) throws(Refusal) {
    guard context.haveEqualStorage(source, padded) else {
      throw Refusal("\(context.label(pad)) changes the scale or the zero point")
    }
    guard context.graph[pad].code.builtin == .padv2 else { return }
    let zeroPoint = context.graph[source].scaleAndZeroPoint?.zeroPoint ?? 0
    guard let constant = context.input(2, of: context.graph[pad]), context.isConstant(constant) else {
      throw Refusal("the number that \(context.label(pad)) pads with is computed")
    }
    let data = context.graph[constant].data
    let isZero: Bool? =
      switch context.graph[constant].elementType {
      case .float32: context.uniform(constant) == 0
      case .int8: data.elements(Int8.self).allSatisfy { Int32($0) == zeroPoint }
      case .uint8: data.elements(UInt8.self).allSatisfy { Int32($0) == zeroPoint }
      case .int16: data.elements(Int16.self).allSatisfy { Int32($0) == zeroPoint }
      default: nil
      }
    guard isZero == true else {
      throw Refusal("\(context.label(pad)) pads with another number than zero, which a convolution cannot")
    }
  }

  /// The padding option with which the convolution reads the same: 0 (SAME) or 1 (VALID).
  private static func padding(
    of id: NodeID, source: ValueID, padded: ValueID, before: (rows: Int, columns: Int),
    _ context: RewriteContext
  ) throws(Refusal) -> Int {
    let node = context.graph[id]
    guard let input = context.dimensions(source), let wide = context.dimensions(padded),
      let output = node.outputs.first.flatMap(context.dimensions),
      let filter = context.input(1, of: node).flatMap(context.dimensions),
      [input.count, wide.count, output.count, filter.count].allSatisfy({ $0 == 4 })
    else { throw .noMatch }
    let options = node.attributes
    let wasSame = options.integer("padding") == 0
    for isSame in [true, false] {
      var isFitting = true
      for (axis, letter, before) in [(1, "h", before.rows), (2, "w", before.columns)] {
        let stride = options.integer("stride_\(letter)")
        let dilation = options.integer("dilation_\(letter)_factor", default: 1)
        guard stride > 0, dilation > 0, filter[axis] > 0 else { throw .noMatch }
        let size = Window.outputSize(
          input: input[axis], taps: filter[axis], stride: stride, dilation: dilation, isSame: isSame)
        let extent = (filter[axis] - 1) * dilation + 1
        func own(_ input: Int) -> Int { max(0, (output[axis] - 1) * stride + extent - input) / 2 }
        let total = before + (wasSame ? own(wide[axis]) : 0)
        if size != output[axis] || total != (isSame ? own(input[axis]) : 0) { isFitting = false }
      }
      if isFitting { return isSame ? 0 : 1 }
    }
    throw Refusal(
      "neither SAME nor VALID reads \(before.rows) rows and \(before.columns) columns of zeros in front "
        + "of \(input[1])×\(input[2]) pixels")
  }
}
