import _TestSupport

@testable import GraphIR

extension GraphBuilder {
  /// Options of a convolution or pool of stride 1.
  static func windowOptions(isSame: Bool, activation: Int64) -> Record {
    Record(
      "",
      [
        .init(name: "padding", value: .integer(isSame ? 0 : 1)), .init(name: "stride_w", value: .integer(1)),
        .init(name: "stride_h", value: .integer(1)),
        .init(name: "fused_activation_function", value: .integer(activation)),
      ])
  }

  /// The graph with the union codes of options that files need.
  func fileGraph(outputs: [ValueID]) -> Graph {
    var copy = self
    copy.outputs(outputs)
    var graph = copy.graph
    for index in graph.nodes.indices {
      guard let record = graph.nodes[index].options?.record else { continue }
      let (code, name): (UInt8, String) =
        switch graph.nodes[index].code.builtin {
        case .conv2D: (1, "Conv2DOptions")
        case .depthwiseConv2D: (2, "DepthwiseConv2DOptions")
        case .concatenation: (10, "ConcatenationOptions")
        default: (5, "Pool2DOptions")
        }
      graph.nodes[index].options = Node.Options(code: code, record: Record(name, record.fields))
    }
    return graph
  }
}
