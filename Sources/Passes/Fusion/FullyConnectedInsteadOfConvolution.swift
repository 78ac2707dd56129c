package import GraphIR
import Tensors

/// CONV_2D whose filter covers the whole image, with a RESHAPE behind it, is a FULLY_CONNECTED: one output
/// pixel is W·x with x the image's elements in their order, which is the filter's.
///
/// It helps where it saves the RESHAPE. Float only; equal up to the order of the sum. On integers the two
/// operators are not one in every runtime: LiteRT multiplies the scales of FULLY_CONNECTED in single precision
/// and those of CONV_2D in double, so that a number in some hundred differs.
package struct FullyConnectedInsteadOfConvolution: RewriteRule {
  package static let name = "fully-connected-instead-of-convolution"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      guard [.reshape, .squeeze].contains(graph[id].code.builtin), let ends = context.ends(of: id),
        let host = context.node(.conv2D, writing: ends.input), let image = context.input(0, of: graph[host]),
        let filter = context.input(1, of: graph[host]), let shape = context.dimensions(filter),
        let input = context.dimensions(image), shape.count == 4, input.count == 4,
        Array(shape[1...]) == Array(input[1...]),
        context.dimensions(ends.input) == [input[0], 1, 1, shape[0]]
      else { throw .noMatch }
      guard graph[host].attributes.integer("padding") == 1 || shape[1] == 1 && shape[2] == 1 else {
        throw .noMatch
      }
      guard context.dimensions(ends.output) == [input[0], shape[0]] else {
        throw Refusal("its result is not one row for each image, which FULLY_CONNECTED gives")
      }
      guard context.isFloat(filter, image) else {
        throw Refusal("FULLY_CONNECTED rounds \(graph[image].elementType) in another way than CONV_2D")
      }
      guard context.haveEqualStorage(ends.input, ends.output) else {
        throw Refusal("its scale or zero point is not that of its operand")
      }
      guard context.isConstant(filter) else {
        throw Refusal("the filter is computed, and its shape must change")
      }
      try context.requireUnshared(filter, usedBy: host, "the filter of \(context.label(host))")
      try context.requireOnlyUse(of: ends.input, by: id, "the result of \(context.label(host))")
      var edit = GraphEdit(of: graph, "with \(context.label(host)) one FULLY_CONNECTED")
      var weights = graph[filter]
      weights.dimensions = [shape[0], shape[1] * shape[2] * shape[3]].map { Int32(clamping: $0) }
      weights.shapeSignature = nil
      edit[filter] = weights
      let options = Node.Options(
        .fullyConnected, "FullyConnectedOptions",
        [("fused_activation_function", context.activation(of: host))])
      edit[host] = .making(
        .fullyConnected, graph[host].inputs,
        [ends.output], options)
      edit.remove(id)
      return edit
    }
  }
}
