package import GraphIR
import Operators
import Tensors

/// SPACE_TO_BATCH_ND, a convolution with stride 1, BATCH_TO_SPACE_ND: one dilated convolution.
///
/// Every d-th pixel, starting at each of d·d places, is an image of its own to the inner convolution, whose
/// neighbouring taps are therefore d pixels apart. The padding in front is SPACE_TO_BATCH_ND's, which must be
/// what SAME or VALID gives for the dilated filter; what is cut off behind was computed for nothing. Exact for
/// all types, as LiteRT runs both: padded pixels are zero points. TFLM's SPACE_TO_BATCH_ND pads with what its
/// memory holds (0 in a fresh arena), so that there the edit also mends the answers.
package struct DilateConvolution: RewriteRule {
  package static let name = "dilate-convolution"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      guard graph[id].code.builtin == .batchToSpaceND, let ends = context.ends(of: id),
        let host = context.node(.conv2D, .depthwiseConv2D, writing: ends.input), graph[host].options != nil,
        let batched = context.input(0, of: graph[host]),
        let first = context.node(.spaceToBatchND, writing: batched),
        let source = context.ends(of: first)?.input
      else { throw .noMatch }
      guard let block = context.integers(context.input(1, of: graph[first])),
        let pads = context.integers(context.input(2, of: graph[first])),
        let back = context.integers(context.input(1, of: graph[id])),
        let crops = context.integers(context.input(2, of: graph[id]))
      else { throw Refusal("block sizes or paddings are computed") }
      guard block.count == 2, block == back, pads.count == 4, crops.count == 4 else {
        throw Refusal("\(context.label(first)) and it have other blocks, or more than two axes")
      }
      guard crops[0] == 0, crops[2] == 0 else { throw Refusal("it cuts off rows or columns in front") }
      guard context.haveEqualStorage(source, batched), context.haveEqualStorage(ends.input, ends.output)
      else {
        throw Refusal("the scale or zero point changes with the shape")
      }
      try context.requireOnlyUse(of: batched, by: host, "the result of \(context.label(first))")
      try context.requireOnlyUse(of: ends.input, by: id, "the result of \(context.label(host))")
      let padding = try Self.padding(
        graph[host], context, source: source, output: ends.output, block: block, before: [pads[0], pads[2]])
      var edit = GraphEdit(
        of: graph,
        "with \(context.label(first)) and \(context.label(host)) one convolution dilated by \(block[0])×\(block[1])"
      )
      let dilated = graph[host].with("dilation_h_factor", block[0]).with("dilation_w_factor", block[1])
      edit[host] = dilated.with("padding", padding).reading(source).writing(ends.output)
      edit.remove(first)
      edit.remove(id)
      return edit
    }
  }

  /// The padding option of the dilated convolution: 0 (SAME) or 1 (VALID).
  private static func padding(
    _ node: Node, _ context: RewriteContext, source: ValueID, output: ValueID, block: [Int], before: [Int]
  ) throws(Refusal) -> Int {
    guard let input = context.dimensions(source), let result = context.dimensions(output),
      let filter = context.input(1, of: node).flatMap(context.dimensions),
      [input.count, result.count, filter.count].allSatisfy({ $0 == 4 }), block.allSatisfy({ $0 > 0 })
    else { throw .noMatch }
    let options = node.attributes
    guard options.integer("stride_h") == 1, options.integer("stride_w") == 1,
      options.integer("dilation_h_factor", default: 1) == 1,
      options.integer("dilation_w_factor", default: 1) == 1
    else { throw Refusal("the convolution between has a stride or a dilation") }
    guard options.integer("padding") == 1 || filter[1] == 1 && filter[2] == 1 else {
      throw Refusal("the convolution between pads every small image")
    }
    for isSame in [true, false] {
      let isFitting = (0..<2).allSatisfy { index in
        let (size, taps) = (input[index + 1], filter[index + 1])
        let expected = Window.outputSize(
          input: size, taps: taps, stride: 1, dilation: block[index], isSame: isSame)
        let own = isSame ? (taps - 1) * block[index] / 2 : 0
        return expected == result[index + 1] && before[index] == own
      }
      if isFitting { return isSame ? 0 : 1 }
    }
    throw Refusal("neither SAME nor VALID pads \(before[0]) rows and \(before[1]) columns in front")
  }
}
