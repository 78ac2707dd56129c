package import GraphIR
import Tensors

/// The resource variables of a model, and what they hold at the start.
///
/// A variable to which a graph assigns has a content from the start: every byte is the zero point of
/// the assigned value, as TFLM allocates it.
package struct ResourceTable: Sendable {
  /// What a variable holds before the first assignment.
  struct Content: Sendable, Equatable {
    let byteCount: Int
    let byte: UInt8
  }

  let variables: VariableTable
  /// The first contents by number; nil where no graph assigns through a handle of its own.
  private(set) var contents: [Content?]

  package init(_ model: Model) {
    variables = VariableTable(model)
    contents = [Content?](repeating: nil, count: variables.count)
    for (index, graph) in model.graphs.enumerated() {
      for node in graph.nodes where node.code.builtin == .assignVariable && node.inputs.count == 2 {
        guard let number = variables.variable(through: node.inputs[0], in: GraphID(index)),
          let value = node.inputs[1], contents[number] == nil
        else { continue }
        contents[number] = Self.content(graph[value])
      }
    }
  }

  private static func content(_ value: Value) -> Content {
    let zeroPoint = value.quantization?.isQuantized == true ? value.quantization?.zeroPoints?.first ?? 0 : 0
    return Content(byteCount: value.byteCount, byte: UInt8(truncatingIfNeeded: zeroPoint))
  }
}
